import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChallenges } from './challenge.ts';

const read = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

describe('parseChallenges', () => {
  it.each<[string, string, readonly unknown[]]>([
    [
      'Docker Hub',
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/debian:pull"',
      [
        [
          'bearer',
          {
            realm: 'https://auth.docker.io/token',
            service: 'registry.docker.io',
            scope: 'repository:library/debian:pull',
          },
        ],
      ],
    ],
    [
      'GHCR',
      'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:user/image:pull"',
      [
        [
          'bearer',
          { realm: 'https://ghcr.io/token', service: 'ghcr.io', scope: 'repository:user/image:pull' },
        ],
      ],
    ],
    [
      'ECR',
      'Basic realm="https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/",service="ecr.amazonaws.com"',
      [
        [
          'basic',
          { realm: 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/', service: 'ecr.amazonaws.com' },
        ],
      ],
    ],
    [
      'GitLab',
      'Bearer realm="https://gitlab.example/jwt/auth",service="container_registry",scope="repository:a/b:pull,push",error="invalid_token"',
      [
        [
          'bearer',
          {
            realm: 'https://gitlab.example/jwt/auth',
            service: 'container_registry',
            scope: 'repository:a/b:pull,push',
            error: 'invalid_token',
          },
        ],
      ],
    ],
    [
      'Harbor',
      'Bearer realm="https://harbor.example/service/token", service="harbor-registry"',
      [['bearer', { realm: 'https://harbor.example/service/token', service: 'harbor-registry' }]],
    ],
    [
      'Quay',
      'Bearer realm="https://quay.io/v2/auth",service="quay.io"',
      [['bearer', { realm: 'https://quay.io/v2/auth', service: 'quay.io' }]],
    ],
    [
      'two in one header',
      'Basic realm="a, b", charset="UTF-8", Bearer realm="https://x/", scope="p:q:r"',
      [
        ['basic', { realm: 'a, b', charset: 'UTF-8' }],
        ['bearer', { realm: 'https://x/', scope: 'p:q:r' }],
      ],
    ],
    [
      'one value instead of parameters',
      'Negotiate YII==, Basic realm=plain',
      [
        ['negotiate', {}],
        ['basic', { realm: 'plain' }],
      ],
    ],
    [
      'schemes without anything',
      'Negotiate, NTLM , Basic',
      [
        ['negotiate', {}],
        ['ntlm', {}],
        ['basic', {}],
      ],
    ],
    ['quotes in quotes', 'Basic realm="a \\"b\\" \\\\ c"', [['basic', { realm: 'a "b" \\ c' }]]],
    ['capitals and spaces', 'BEARER   Realm = "x" ,, SCOPE="y"', [['bearer', { realm: 'x', scope: 'y' }]]],
    ['an empty value', 'Bearer realm=""', [['bearer', { realm: '' }]]],
    ['a name given twice', 'Bearer realm="a",realm="b"', [['bearer', { realm: 'b' }]]],
    ['__proto__', 'Bearer __proto__="x"', [['bearer', Object.fromEntries([['__proto__', 'x']])]]],
    ['nothing', '', []],
    ['commas', ' ,, ,', []],
    ['an open quote', 'Bearer realm="https://x', [['bearer', {}]]],
    ['what is no token', '@@@', []],
  ])('reads what has %s', (_, header, challenges) => {
    expect(read(header)).toEqual(challenges);
  });

  it('reads what it is told, in quotes, and whatever is around it', () => {
    const value = fc.string({ unit: fc.constantFrom('a', ' ', ',', '=', '"', '\\', '/', ':') });
    const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(',', ', ', ' , '),
        (values, comma) => {
          const parameters = values.map((text, index) => [`p${index}`, text] as const);
          const written = parameters.map(([name, text]) => `${name}=${quoted(text)}`).join(comma);
          expect(read(`Basic ${written}${comma}Bearer ${written}`)).toEqual([
            ['basic', Object.fromEntries(parameters)],
            ['bearer', Object.fromEntries(parameters)],
          ]);
        },
      ),
    );
  });

  it('never throws, and makes no more of a header than there is in it', () => {
    const unit = fc.constantFrom(
      'Bearer',
      'realm',
      '=',
      '"',
      '\\',
      ',',
      ' ',
      '\t',
      'x',
      '==',
      '/',
      'é',
      '\0',
      '\n',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (header) => {
        expect(parseChallenges(header).length).toBeLessThanOrEqual(header.length);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['a ', 'a,', 'a="', '"', ' ', 'a=\\', '"\\', 'Bearer a=b,', '='])(
    'has done with a megabyte of %j as soon as with what it reads of it',
    (piece) => {
      const header = piece.repeat(1024 * 1024);
      expect(parseChallenges(header).length).toBeLessThanOrEqual(8192);
    },
  );
});
