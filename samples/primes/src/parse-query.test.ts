import { expect, test } from 'vitest';
import { nBounds, parseQuery, segmentBounds } from './parse-query.ts';
import { ProblemError } from './problem.ts';

const parameters = { n: nBounds, segment: segmentBounds };

test.each([
  [{}, { n: 10_000_000, segment: 10_000 }],
  [{ n: '0' }, { n: 0, segment: 10_000 }],
  [
    { n: '007', segment: '1000' },
    { n: 7, segment: 1000 },
  ],
  [
    { n: '50000000', segment: '10000000' },
    { n: 50_000_000, segment: 10_000_000 },
  ],
])('takes %j', (query, values) => {
  expect(parseQuery(query, parameters)).toEqual(values);
});

test.each(['', ' ', '-1', '1.5', '1e3', '0x10', 'ten', '50000001', '9'.repeat(400), ['1', '2']])(
  'refuses %j as n, and quotes it',
  (value) => {
    const parse = () => parseQuery({ n: value }, parameters);
    expect(parse).toThrow(ProblemError);
    expect(parse).toThrow(`n must be a whole number from 0 to 50000000, but is ${JSON.stringify(value)}.`);
  },
);

test.each(['0', '999', '10000001'])('refuses %j as segment', (segment) => {
  expect(() => parseQuery({ segment }, parameters)).toThrow(`from 1000 to 10000000, but is "${segment}".`);
});

test.each(['m', '__proto__', 'toString'])('refuses a parameter that there is not: %s', (name) => {
  const query = JSON.parse(`{ ${JSON.stringify(name)}: "1" }`);
  expect(() => parseQuery(query, parameters)).toThrow(`no parameter "${name}"; there is n and segment.`);
});
