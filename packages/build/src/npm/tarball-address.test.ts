import { expect, test } from 'vitest';
import { isAtRegistry, tarballAddress } from './tarball-address.ts';

const publicRegistry = 'https://public.test';
const options = {
  registry: 'http://mirror.test:8080/npm/',
  '@own:registry': 'http://own.test/',
  replaceRegistryHost: 'public.test',
};

test.each([
  [`${publicRegistry}/a/-/a-1.0.0.tgz`, 'http://mirror.test:8080/npm/a/-/a-1.0.0.tgz'],
  ['http://mirror.test:8080/npm/a/-/a-1.0.0.tgz', 'http://mirror.test:8080/npm/a/-/a-1.0.0.tgz'],
  ['https://elsewhere.test/a.tgz?sig=1', 'https://elsewhere.test/a.tgz?sig=1'],
])('%s is fetched from %s', (resolved, address) => {
  expect(tarballAddress(resolved, options)).toBe(address);
});

test('every host is replaced, or none, when that is what was set', () => {
  const always = { ...options, replaceRegistryHost: 'always' };
  expect(tarballAddress('https://elsewhere.test/a.tgz', always)).toBe('http://mirror.test:8080/npm/a.tgz');
  const never = { ...options, replaceRegistryHost: 'never' };
  expect(tarballAddress(`${publicRegistry}/a.tgz`, never)).toBe(`${publicRegistry}/a.tgz`);
});

test.each([
  ['http://mirror.test:8080/npm/a/-/a-1.0.0.tgz', 'a', true],
  ['http://mirror.test:8080/npmish/a-1.0.0.tgz', 'a', false],
  ['http://mirror.test/npm/a-1.0.0.tgz', 'a', false],
  ['http://own.test/@own/a/-/a-1.0.0.tgz', '@own/a', true],
  ['http://mirror.test:8080/npm/@own/a/-/a-1.0.0.tgz', '@own/a', false],
  ['http://mirror.test:8080/npm/@other/a/-/a-1.0.0.tgz', '@other/a', true],
])('that %s is where %s is published is %s', (address, name, expected) => {
  expect(isAtRegistry(address, name, options)).toBe(expected);
});
