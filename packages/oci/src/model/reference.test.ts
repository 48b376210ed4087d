import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from './digest.ts';
import { formatReference, parseReference } from './reference.ts';

const digest = digestOf('');

describe('parseReference', () => {
  it.each([
    ['bookstore', { repository: 'bookstore' }],
    ['bookstore:1.2.0', { repository: 'bookstore', tag: '1.2.0' }],
    ['team/bookstore', { repository: 'team/bookstore' }],
    ['a.b_c__d---e/f:_', { repository: 'a.b_c__d---e/f', tag: '_' }],
    ['bookstore:5000', { repository: 'bookstore', tag: '5000' }],
    ['localhost/bookstore', { registry: 'localhost', repository: 'bookstore' }],
    ['localhost:5000/bookstore', { registry: 'localhost:5000', repository: 'bookstore' }],
    ['host:5000/a/b:c', { registry: 'host:5000', repository: 'a/b', tag: 'c' }],
    ['Registry.Example/a', { registry: 'Registry.Example', repository: 'a' }],
    ['127.0.0.1:5000/a', { registry: '127.0.0.1:5000', repository: 'a' }],
    ['[::1]:5000/a:b', { registry: '[::1]:5000', repository: 'a', tag: 'b' }],
    ['[2001:DB8::1]/a', { registry: '[2001:DB8::1]', repository: 'a' }],
    ['a:443/b', { registry: 'a:443', repository: 'b' }],
    [`bookstore@${digest}`, { repository: 'bookstore', digest }],
    [`localhost/a:b@${digest}`, { registry: 'localhost', repository: 'a', tag: 'b', digest }],
  ])('reads %s', (text, reference) => {
    expect(parseReference(text)).toEqual(reference);
    expect(formatReference(parseReference(text))).toBe(text);
  });

  it.each([
    '',
    ':tag',
    'Bookstore',
    'Team/bookstore',
    'bookstore:',
    'bookstore@',
    'bookstore/',
    '/bookstore',
    'a//b',
    'a..b',
    'a___b',
    '-a',
    'a-',
    'a b',
    'a:b:c',
    'a:.b',
    'a\n',
    '../a',
    'https://localhost/a',
    'otto:geheim@localhost/a',
    '[:::]/a',
    '[::1/a',
    '::1/a',
    '999.1.1.1/a',
    'registry.example:65536/a',
    'registry.example:/a',
    'registry.example\u0000/a',
    `a:${'t'.repeat(129)}`,
  ])('refuses "%s" and quotes it', (text) => {
    expect(() => parseReference(text)).toThrow(
      expect.objectContaining({
        code: 'CATA_REFERENCE_INVALID',
        message: `Not an image reference: "${text}".`,
      }),
    );
  });

  it('says of a digest that is none that it is none', () => {
    expect(() => parseReference(`a@sha512:${'0'.repeat(128)}`)).toThrow(
      expect.objectContaining({ code: 'CATA_DIGEST_INVALID' }),
    );
    expect(() => parseReference('a@sha256:12')).toThrow(
      expect.objectContaining({ code: 'CATA_DIGEST_INVALID', message: 'Not a digest: "sha256:12".' }),
    );
  });

  it('reads what it writes', () => {
    const component = fc.stringMatching(/^[a-z0-9]{1,4}((\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}$/);
    const host = fc.oneof(
      fc.constantFrom('localhost', '127.0.0.1', 'Registry.Example'),
      fc.stringMatching(/^[a-zA-Z0-9]{1,5}(\.[a-zA-Z][a-zA-Z0-9]{0,4}){1,2}$/),
      fc.ipV4(),
      fc
        .ipV6()
        .filter((address) => !address.includes('.'))
        .map((address) => `[${address}]`),
    );
    const port = fc.oneof(
      fc.constant(''),
      fc.integer({ min: 0, max: 65_535 }).map((number) => `:${number}`),
    );
    const reference = fc.record(
      {
        registry: fc.tuple(host, port).map((parts) => parts.join('')),
        repository: fc.array(component, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
        tag: fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,20}$/),
        digest: fc.constant(digest),
      },
      { requiredKeys: ['registry', 'repository'] },
    );
    fc.assert(
      fc.property(reference, (value) => {
        expect(parseReference(formatReference(value))).toEqual(value);
      }),
    );
  });

  it('either reads a text back to the letter or refuses it with a code', () => {
    const unit = fc.constantFrom(
      'a',
      'Z',
      '0',
      '.',
      '_',
      '-',
      '/',
      ':',
      '@',
      'sha256:',
      digest,
      ' ',
      'é',
      '\n',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        try {
          expect(formatReference(parseReference(text))).toBe(text);
        } catch (error) {
          expect(error).toHaveProperty('code', expect.stringMatching(/^CATA_(REFERENCE|DIGEST)_INVALID$/));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
