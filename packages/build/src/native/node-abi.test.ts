import { getAbi } from 'node-abi';
import { describe, expect, it } from 'vitest';
import { nodeAbi, nodeApiVersion } from './node-abi.ts';

describe('nodeAbi', () => {
  it.each(['18.0.0', '20.19.5', '21.7.3', '22.14.0', '23.1.0', '24.21.0', '25.2.1', '26.3.0'])(
    'is for %s what node-abi says',
    (version) => {
      expect(nodeAbi(version)).toBe(getAbi(version, 'node'));
    },
  );

  it('is for this Node.js what it says itself, and so is the version of Node-API', () => {
    expect(nodeAbi(process.versions.node)).toBe(process.versions.modules);
    expect(nodeApiVersion(process.versions.node)).toBe(Number(process.versions.napi));
  });

  it('is not guessed', () => {
    expect(nodeAbi('99.0.0')).toBeUndefined();
  });
});

// https://nodejs.org/api/n-api.html#node-api-version-matrix
it.each([
  ['18.16.0', 8],
  ['18.17.0', 9],
  ['20.2.0', 8],
  ['20.19.0', 9],
  ['22.13.1', 9],
  ['22.14.0', 10],
  ['23.5.0', 9],
  ['23.6.0', 10],
  ['26.0.0', 10],
])('Node.js %s has version %i of Node-API', (version, expected) => {
  expect(nodeApiVersion(version)).toBe(expected);
});
