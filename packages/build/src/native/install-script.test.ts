import { describe, expect, it } from 'vitest';
import { installScript, needsResolution } from './install-script.ts';
import type { InventoryFile } from './package-inventory.ts';

const inventory = (manifest: object, files: readonly InventoryFile[] = []) => ({
  name: 'a',
  version: '1.0.0',
  manifest: { ...manifest },
  files,
});
const gyp = [{ path: 'binding.gyp', sizeBytes: 1 }];

describe('installScript', () => {
  it('is what npm runs, in its order', () => {
    const scripts = { postinstall: 'three', install: 'two', preinstall: 'one', prepare: 'never', test: 'no' };
    expect(installScript(inventory({ scripts }))).toBe('one && two && three');
  });

  it('compiles what has a binding.gyp and no script of its own for it', () => {
    expect(installScript(inventory({}, gyp))).toBe('node-gyp rebuild');
    expect(installScript(inventory({ scripts: { postinstall: 'b' } }, gyp))).toBe('node-gyp rebuild && b');
    expect(installScript(inventory({ scripts: { install: 'b' } }, gyp))).toBe('b');
    expect(installScript(inventory({ scripts: { preinstall: 'b' } }, gyp))).toBe('b');
    expect(installScript(inventory({ gypfile: false }, gyp))).toBeUndefined();
  });

  it('is nothing where there is none', () => {
    expect(installScript(inventory({}))).toBeUndefined();
    expect(installScript(inventory({ scripts: { test: 'x', install: 7 } }))).toBeUndefined();
    expect(installScript(inventory({}, [{ path: 'src/binding.gyp', sizeBytes: 1 }]))).toBeUndefined();
  });
});

it('what has neither script nor binary is the same on every platform', () => {
  expect(needsResolution(inventory({}), false)).toBe(false);
  expect(needsResolution(inventory({}), true)).toBe(true);
  expect(needsResolution(inventory({}, gyp), false)).toBe(true);
  const binary = { format: 'mach-o', machine: 'arm64' } as const;
  expect(needsResolution(inventory({}, [{ path: 'a.node', sizeBytes: 1, binary }]), false)).toBe(true);
});
