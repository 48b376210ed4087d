import { CatamaranError } from '@catamaran/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLoadFile } from './parse-load-file.ts';

const rest = '\nscenarios:\n  - flow:\n      - get: /';
const phases = '\n  phases:\n    - { duration: 1, arrivalRate: 1 }';
const config = `config:${phases}`;

function withFlow(step: string): string {
  return `${config}\nscenarios:\n  - flow:\n      - ${step}`;
}

test('reads a load file as it is written for Artillery', () => {
  const plan = parseLoadFile(
    `
config:
  target: "http://localhost:3000"
  phases:
    - name: Warm up
      duration: 1m 30s
      arrivalRate: 10
    - duration: 60
      arrivalRate: 0.5
scenarios:
  - name: Look at books
    weight: 3
    flow:
      - get: /books?page=2
      - get:
          url: http://localhost:3000/books/7
          headers:
            accept: application/json
            x-try: 1
  - flow:
      - get: { url: "/a b" }
`,
    'load.yml',
  );
  expect(plan).toEqual({
    target: 'http://localhost:3000',
    phases: [
      { name: 'Warm up', durationMs: 90_000, ratePerSecond: 10 },
      { name: 'phase 2', durationMs: 60_000, ratePerSecond: 0.5 },
    ],
    scenarios: [
      {
        name: 'Look at books',
        weight: 3,
        steps: [
          { method: 'GET', path: '/books?page=2', headers: {} },
          { method: 'GET', path: '/books/7', headers: { accept: 'application/json', 'x-try': '1' } },
        ],
      },
      { name: 'scenario 2', weight: 1, steps: [{ method: 'GET', path: '/a%20b', headers: {} }] },
    ],
  });
});

test('a path in the target stays in front of every path, as in Artillery', () => {
  const plan = parseLoadFile(`config:\n  target: https://shop.test/api/${phases}${rest}books`, 'load.yml');
  expect(plan.target).toBe('https://shop.test');
  expect(plan.scenarios[0]?.steps[0]?.path).toBe('/api/books');
});

test('anchors and aliases are followed', () => {
  const text = `config:\n  phases:\n    - &one { duration: 1, arrivalRate: 5 }\n    - *one${rest}`;
  expect(parseLoadFile(text, 'load.yml').phases).toHaveLength(2);
});

const withQuick = `config:
  target: http://localhost:3000
  phases:
    - { name: books, duration: 180, arrivalRate: 50, scenarios: [list books] }
    - { duration: 60, arrivalRate: 100 }
  environments:
    quick:
      phases:
        - duration: 18
        - { duration: 6, scenarios: [list books, get a book] }
        - { duration: 1, arrivalRate: 2 }
    elsewhere:
      target: http://elsewhere.test
    not-for-us:
      plugins: { ensure: {} }
scenarios:
  - { name: list books, flow: [{ get: /books }] }
  - { name: get a book, flow: [{ get: /books/7 }] }
`;

test('a phase names the scenarios that it chooses from', () => {
  const { phases } = parseLoadFile(withQuick, 'load.yml');
  expect(phases).toEqual([
    { name: 'books', durationMs: 180_000, ratePerSecond: 50, scenarios: ['list books'] },
    { name: 'phase 2', durationMs: 60_000, ratePerSecond: 100 },
  ]);
});

test('an environment is laid over the file, phase by phase, as Artillery does it', () => {
  expect(parseLoadFile(withQuick, 'load.yml', 'quick')).toMatchObject({
    target: 'http://localhost:3000',
    phases: [
      { name: 'books', durationMs: 18_000, ratePerSecond: 50, scenarios: ['list books'] },
      { durationMs: 6000, ratePerSecond: 100, scenarios: ['list books', 'get a book'] },
      { name: 'phase 3', durationMs: 1000, ratePerSecond: 2 },
    ],
  });
  expect(parseLoadFile(withQuick, 'load.yml', 'elsewhere')).toMatchObject({
    target: 'http://elsewhere.test',
    phases: [{ durationMs: 180_000 }, { durationMs: 60_000 }],
  });
});

test('phases may stand in an environment alone', () => {
  const text = `config:\n  environments:\n    a: { phases: [{ duration: 1, arrivalRate: 2 }] }${rest}`;
  expect(parseLoadFile(text, 'load.yml', 'a').phases).toMatchObject([{ durationMs: 1000, ratePerSecond: 2 }]);
  expect(errorOf(() => parseLoadFile(text, 'load.yml')).code).toBe('CATA_LOAD_KEY_MISSING');
});

test.each([
  [withQuick, 'slow', 'CATA_LOAD_ENVIRONMENT_UNKNOWN', '"slow"', 'quick, elsewhere, not-for-us'],
  [withQuick, '', 'CATA_LOAD_ENVIRONMENT_UNKNOWN', '""', 'quick'],
  [withQuick, 'toString', 'CATA_LOAD_ENVIRONMENT_UNKNOWN', '"toString"', 'quick'],
  [`${config}${rest}`, 'quick', 'CATA_LOAD_ENVIRONMENT_UNKNOWN', '"load.yml"', 'none'],
  [
    withQuick,
    'not-for-us',
    'CATA_LOAD_KEY_UNSUPPORTED',
    'load.yml:15: "config.environments.not-for-us.plugins"',
    '',
  ],
  [
    `${config}\n  environments: []${rest}`,
    'quick',
    'CATA_LOAD_VALUE_INVALID',
    '"config.environments" is an empty',
    '',
  ],
])('%j with the environment %j is %s', (text, environment, code, message, hint) => {
  const error = errorOf(() => parseLoadFile(text, 'load.yml', environment));
  expect(error).toMatchObject({ code, fault: 'user' });
  expect(error.message).toContain(message);
  expect(error.hint).toContain(hint);
});

const errors: readonly (readonly [string, string, string, string])[] = [
  ['', 'CATA_LOAD_FILE_EMPTY', 'load.yml', 'phases'],
  ['# only a comment\n', 'CATA_LOAD_FILE_EMPTY', 'load.yml', 'scenarios'],
  ['config:\n  phases: [', 'CATA_LOAD_FILE_SYNTAX', 'load.yml:2', 'line'],
  ['config: 1\nconfig: 2', 'CATA_LOAD_FILE_SYNTAX', 'load.yml:2', 'line'],
  ['config:\n  phases: *missing', 'CATA_LOAD_FILE_SYNTAX', '"*missing"', 'line'],
  ['hello', 'CATA_LOAD_VALUE_INVALID', '"hello"', 'mapping'],
  ['- 1', 'CATA_LOAD_VALUE_INVALID', 'a list', 'mapping'],
  ['scenarios: []', 'CATA_LOAD_KEY_MISSING', '"config"', 'phases'],
  [`config: {}${rest}`, 'CATA_LOAD_KEY_MISSING', '"config.phases"', 'arrivalRate'],
  [
    `config:\n  phases: []${rest}`,
    'CATA_LOAD_VALUE_INVALID',
    'load.yml:2: "config.phases" is an empty list',
    '',
  ],
  [`config:\n  phases: 5${rest}`, 'CATA_LOAD_VALUE_INVALID', '"config.phases" is 5', 'list'],
  [`config: { phases }${rest}`, 'CATA_LOAD_VALUE_INVALID', '"config.phases" is empty', 'list'],
  [config, 'CATA_LOAD_KEY_MISSING', '"scenarios"', 'flow'],
  [`${config}\nscenarios: []`, 'CATA_LOAD_VALUE_INVALID', 'load.yml:4: "scenarios" is an empty list', 'flow'],
  [`${config}\nscenarios: [{}]`, 'CATA_LOAD_KEY_MISSING', '"scenarios[0].flow"', 'get'],
  [`${config}\nscenarios: [{ flow: [] }]`, 'CATA_LOAD_VALUE_INVALID', '"scenarios[0].flow"', 'get'],
  [
    `${config}\nscenarios: [{ weight: 0, flow: [{ get: / }] }]`,
    'CATA_LOAD_VALUE_INVALID',
    '"scenarios[0].weight" is 0',
    'above zero',
  ],
  [
    `config:\n  phases:\n    - arrivalRate: 5${rest}`,
    'CATA_LOAD_KEY_MISSING',
    'load.yml:3: "config.phases[0].duration"',
    '"30s"',
  ],
  [
    `config:\n  phases:\n    - duration: soon\n      arrivalRate: 5${rest}`,
    'CATA_LOAD_VALUE_INVALID',
    'load.yml:3: "config.phases[0].duration" is "soon"',
    '"30s"',
  ],
  [
    `config:\n  phases:\n    - duration: 10\n      arrivalRate: 0${rest}`,
    'CATA_LOAD_VALUE_INVALID',
    'load.yml:4: "config.phases[0].arrivalRate" is 0',
    'above zero',
  ],
  [
    `config:\n  phases:\n    - duration: 10\n      arrivalRate: "5"${rest}`,
    'CATA_LOAD_VALUE_INVALID',
    '"config.phases[0].arrivalRate" is "5"',
    'number',
  ],
  [
    `config:\n  phases:\n    - duration: 10\n      arrivalRate: 1\n      rampTo: 50${rest}`,
    'CATA_LOAD_KEY_UNSUPPORTED',
    'load.yml:5: "config.phases[0].rampTo"',
    'name, duration, arrivalRate',
  ],
  [
    `config:\n  phases:\n    - { duration: 1, arrivalRate: 1, scenarios: [one] }${rest}`,
    'CATA_LOAD_VALUE_INVALID',
    'load.yml:3: "config.phases[0].scenarios[0]" is "one"',
    'scenario 1',
  ],
  [
    `config:\n  phases:\n    - { duration: 1, arrivalRate: 1, scenarios: scenario 1 }${rest}`,
    'CATA_LOAD_VALUE_INVALID',
    '"config.phases[0].scenarios" is "scenario 1"',
    'a list',
  ],
  [
    `config:\n  phases:\n    - duration: 10\n      arivalRate: 1${rest}`,
    'CATA_LOAD_KEY_UNKNOWN',
    'load.yml:4: unknown key "config.phases[0].arivalRate"',
    'arrivalRate',
  ],
  [
    `config:\n  phases: [{ pause: 5 }]${rest}`,
    'CATA_LOAD_KEY_UNSUPPORTED',
    '"config.phases[0].pause"',
    'duration',
  ],
  [
    `config:\n  phases: [{ arrivalCount: 5 }]${rest}`,
    'CATA_LOAD_KEY_UNSUPPORTED',
    'arrivalCount',
    'arrivalRate',
  ],
  [
    `${config}\n  payload: {}${rest}`,
    'CATA_LOAD_KEY_UNSUPPORTED',
    'load.yml:4: "config.payload"',
    'target, phases',
  ],
  [`${config}\n  plugins: {}${rest}`, 'CATA_LOAD_KEY_UNSUPPORTED', '"config.plugins"', 'target, phases'],
  [
    `${config}\n  processor: ./p.js${rest}`,
    'CATA_LOAD_KEY_UNSUPPORTED',
    '"config.processor"',
    'target, phases',
  ],
  [
    `${config}\n  http: { timeout: 5 }${rest}`,
    'CATA_LOAD_KEY_UNSUPPORTED',
    '"config.http"',
    'target, phases',
  ],
  [`${config}\nbefore: {}${rest}`, 'CATA_LOAD_KEY_UNSUPPORTED', '"before"', 'config, scenarios'],
  [
    `config:\n  target: localhost${phases}${rest}`,
    'CATA_LOAD_VALUE_INVALID',
    '"config.target" is "localhost"',
    'http',
  ],
  [
    `config:\n  target: "{{ $env.URL }}"${phases}${rest}`,
    'CATA_LOAD_VALUE_INVALID',
    'load.yml:2: "config.target"',
    'http',
  ],
  [withFlow('think: 1'), 'CATA_LOAD_KEY_UNSUPPORTED', 'load.yml:6: "scenarios[0].flow[0].think"', 'get'],
  [withFlow('post: { url: / }'), 'CATA_LOAD_KEY_UNSUPPORTED', '"scenarios[0].flow[0].post"', 'get'],
  [withFlow('loop: []'), 'CATA_LOAD_KEY_UNSUPPORTED', '"scenarios[0].flow[0].loop"', 'get'],
  [withFlow('fetch: /'), 'CATA_LOAD_KEY_UNKNOWN', '"scenarios[0].flow[0].fetch"', 'get'],
  [
    withFlow('get: { url: /, capture: {} }'),
    'CATA_LOAD_KEY_UNSUPPORTED',
    'flow[0].get.capture"',
    'url, headers',
  ],
  [withFlow('get: { headers: {} }'), 'CATA_LOAD_KEY_MISSING', 'flow[0].get.url"', 'path'],
  [withFlow('get: books'), 'CATA_LOAD_VALUE_INVALID', 'flow[0].get" is "books"', '"/"'],
  [withFlow('get: 7'), 'CATA_LOAD_VALUE_INVALID', 'flow[0].get" is 7', '"/"'],
  [withFlow('{ get }'), 'CATA_LOAD_VALUE_INVALID', 'flow[0].get" is empty', '"/"'],
  [withFlow('get: "/books/{{ id }}"'), 'CATA_LOAD_VALUE_INVALID', '/books/{{ id }}', 'variables'],
  [withFlow('get: http://other.test/'), 'CATA_LOAD_URL_OUTSIDE_TARGET', '"http://other.test/"', '/books'],
  [
    `config:\n  target: http://a.test${phases}\nscenarios: [{ flow: [{ get: "http://b.test/" }] }]`,
    'CATA_LOAD_URL_OUTSIDE_TARGET',
    '"http://a.test"',
    '/books',
  ],
  [
    withFlow('get: { url: /, headers: { "a b": c } }'),
    'CATA_LOAD_VALUE_INVALID',
    'headers.a b" is "c"',
    'name',
  ],
  [withFlow('get: { url: /, headers: { a: "b\\nc" } }'), 'CATA_LOAD_VALUE_INVALID', '"b\\nc"', 'header'],
  [withFlow('get: { url: /, headers: { Host: x } }'), 'CATA_LOAD_VALUE_INVALID', 'headers.Host"', 'left out'],
];

test.each(errors)('%j is %s', (text, code, message, hint) => {
  const error = errorOf(() => parseLoadFile(text, 'load.yml'));
  expect(error).toMatchObject({ code, fault: 'user' });
  expect(error.message).toContain(message);
  expect(error.hint).toContain(hint);
  expect(error.message + error.hint).not.toMatch(/undefined|\[object/);
});

test('whatever the text, it is a plan or a coded error', () => {
  const words = fc.constantFrom(
    'config',
    'phases',
    ':',
    '-',
    ' ',
    '\n',
    '  ',
    '[',
    '{',
    '}',
    'get',
    '&a',
    '*a',
    '!!js',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words).map((list) => list.join('')),
      ),
      (text) => {
        try {
          parseLoadFile(text, 'load.yml');
        } catch (error) {
          expect(error).toBeInstanceOf(CatamaranError);
        }
      },
    ),
    { numRuns: 500 },
  );
});

function errorOf(action: () => unknown): CatamaranError {
  try {
    action();
  } catch (error) {
    if (error instanceof CatamaranError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}
