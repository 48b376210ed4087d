import { describe, expect, it } from 'vitest';
import { memorySource } from './elf-source.ts';
import { nodeAddon, nodeVersion } from './node-facts.ts';
import type { Segment } from './segments.ts';

const area = (offset: number, sizeBytes: number, isExecutable = false): Segment => ({
  type: 1,
  offset,
  address: offset,
  sizeBytes,
  isExecutable,
});
const megabyte = 1024 * 1024;

/** A file with texts at places of their own. */
function fileWith(texts: Readonly<Record<number, string>>, sizeBytes = 3 * megabyte): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  for (const [at, text] of Object.entries(texts)) bytes.write(text, Number(at), 'latin1');
  return bytes;
}

describe('nodeVersion', () => {
  it.each([0, 5000, megabyte - 16, megabyte - 1, 2 * megabyte - 9])('is found at byte %i', (at) => {
    const bytes = fileWith({ [at]: 'node.js/v24.21.0' });
    expect(nodeVersion(memorySource(bytes), [area(0, bytes.byteLength)])).toBe('24.21.0');
  });

  it('is none in what only looks like one', () => {
    const texts = { 10: 'node.js/v24', 100: 'node.js/vNext', 200: 'node.js/v1.2.3.4' };
    const bytes = fileWith(texts);
    expect(nodeVersion(memorySource(bytes), [area(0, bytes.byteLength)])).toBeUndefined();
  });

  it('is looked for in code last, and outside of what is loaded not at all', () => {
    const bytes = fileWith({ 100: 'node.js/v1.0.0', 5000: 'node.js/v2.0.0', 9000: 'node.js/v3.0.0' });
    const code = area(0, 4096, true);
    expect(nodeVersion(memorySource(bytes), [code, area(4096, 4096)])).toBe('2.0.0');
    expect(nodeVersion(memorySource(bytes), [code, area(8192, 10)])).toBe('1.0.0');
  });

  it('is looked for once through the file, however often it is said to be loaded', () => {
    const bytes = fileWith({});
    let askedBytes = 0;
    const source = {
      sizeBytes: bytes.byteLength,
      read: (start: number, end: number) => {
        askedBytes += end - start;
        return bytes.subarray(start, end);
      },
    };
    nodeVersion(
      source,
      Array.from({ length: 2000 }, () => area(0, bytes.byteLength)),
    );
    expect(askedBytes).toBeLessThanOrEqual(bytes.byteLength);
  });
});

describe('nodeAddon', () => {
  const having =
    (...names: readonly string[]) =>
    (name: string) =>
      names.includes(name);

  it.each([
    ['a.node', ['napi_register_module_v1'], { kind: 'node-api' }],
    ['a.so', ['napi_register_module_v1', 'node_register_module_v108'], { kind: 'node-api' }],
    ['a.node', ['node_api_module_get_api_version_v1'], { kind: 'node-api' }],
    ['a.node', ['node_register_module_v46'], { kind: 'abi', abi: '46' }],
    ['a.node', ['node_register_module_v147', 'init'], { kind: 'abi', abi: '147' }],
    ['a.node', ['init'], { kind: 'self-registering' }],
    ['a.so', ['init'], undefined],
  ])('of %s that has %j', (path, names, expected) => {
    expect(nodeAddon(path, having(...names))).toEqual(expected);
  });
});
