import { describe, expect, it } from 'vitest';
import { pathWords } from './platform-words.ts';

describe('pathWords', () => {
  it.each([
    [
      'prebuilds/linux-arm64/addon.glibc.node',
      { os: 'linux', cpus: ['arm64'], libc: 'glibc', stem: 'prebuilds/addon.node' },
    ],
    ['prebuilds/linuxmusl-x64.node', { os: 'linux', cpus: ['amd64'], libc: 'musl', stem: 'prebuilds.node' }],
    [
      'prebuilds/darwin-x64+arm64/a.node',
      { os: 'darwin', cpus: ['amd64', 'arm64'], stem: 'prebuilds/a.node' },
    ],
    ['bin/napi-v6/linux/x64/lib.so.1', { os: 'linux', cpus: ['amd64'], stem: 'bin/napi-v6/lib.so.1' }],
    ['linux_x64/koffi.node', { os: 'linux', cpus: ['amd64'], stem: '/koffi.node' }],
    ['deps/bin_x86_64/a.so', { cpus: ['amd64'], stem: 'deps/bin/a.so' }],
    ['deps/bin_x86-64/a.so', { cpus: ['amd64'], stem: 'deps/bin/a.so' }],
    ['x86/a.so', { cpus: ['386'], stem: '/a.so' }],
    ['tool-aarch64-unknown-linux-gnu', { os: 'linux', cpus: ['arm64'], libc: 'glibc', stem: 'tool-unknown' }],
    ['bin/win32/ia32/a.exe', { os: 'win32', cpus: ['386'], stem: 'bin/a.exe' }],
    ['bin/Linux64/a', { os: 'linux', cpus: ['amd64'], stem: 'bin/a' }],
    ['node.napi.musl.node', { cpus: [], libc: 'musl', stem: 'node.napi.node' }],
  ])('reads %s', (path, expected) => {
    expect(pathWords(path)).toEqual(expected);
  });

  it.each(['build/Release/addon.node', 'lib/alarm/charm.node', 'swift/linuxy.so', 'machine/arms.node'])(
    'sees nothing in %s',
    (path) => {
      expect(pathWords(path)).toEqual({ cpus: [] });
    },
  );
});
