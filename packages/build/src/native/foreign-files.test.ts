import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targetOf } from '../../testing/target-of.ts';
import type { Libc } from '../target/target.ts';
import { filesForOthers, isElfFor, unusableFiles } from './foreign-files.ts';
import type { InventoryFile } from './package-inventory.ts';
import { pathWords } from './platform-words.ts';

/** Files of a package from lines as in "bin/linux/x64/tool elf amd64"; what has no format is no native code. */
function files(...lines: readonly string[]): InventoryFile[] {
  return lines.map((line) => {
    const [path = '', format, machine = 'unknown'] = line.split(' ');
    return { path, sizeBytes: 1, ...(format ? { binary: { format: format as 'elf', machine } } : {}) };
  });
}

const left = (lines: readonly string[], architecture = 'arm64', libc: Libc = 'glibc') =>
  filesForOthers(files(...lines), targetOf(`linux/${architecture}`, libc));

describe('of files that differ only in the platform that their path names', () => {
  const whole = [
    'bin/darwin/arm64/tool mach-o arm64',
    'bin/linux/arm64/tool elf arm64',
    'bin/linux/x64/tool elf amd64',
    'bin/win32/x64/tool pe unknown',
    'index.js',
  ];

  it('the one for the target stays', () => {
    expect(left(whole)).toEqual(['bin/darwin/arm64/tool', 'bin/linux/x64/tool', 'bin/win32/x64/tool']);
    expect(left(whole, 'amd64')).toContain('bin/linux/arm64/tool');
    expect(left(whole, 'amd64')).not.toContain('bin/linux/x64/tool');
  });

  it('those for another C library are left out, and without the mark what is not marked is for glibc', () => {
    const lines = ['linux-arm64/a.node elf arm64', 'linuxmusl-arm64/a.node elf arm64'];
    expect(left(lines)).toEqual(['linuxmusl-arm64/a.node']);
    expect(left(lines, 'arm64', 'musl')).toEqual(['linux-arm64/a.node']);
    const named = ['node.napi.glibc.node elf arm64', 'node.napi.musl.node elf arm64'];
    expect(left(named)).toEqual(['node.napi.musl.node']);
  });

  it('those of another system are told by the path, whatever machine they are for', () => {
    const lines = [
      'android-arm64/a.node elf arm64',
      'freebsd-arm64/a.node elf arm64',
      'linux-arm64/a.node elf arm64',
    ];
    expect(left(lines)).toEqual(['android-arm64/a.node', 'freebsd-arm64/a.node']);
  });
});

describe('what must not be hidden stays, so that the check of the image finds it', () => {
  it('an ELF file of another machine without a counterpart for the target', () => {
    expect(left(['bin/linux/x64/tool elf amd64', 'bin/win32/x64/tool pe unknown'])).toEqual([
      'bin/win32/x64/tool',
    ]);
  });

  it('a file that says it is for the target and is for another machine, and what would hide it', () => {
    const lines = ['linux-arm64/a.node elf amd64', 'linux-x64/a.node elf amd64'];
    expect(left(lines)).toEqual([]);
    expect(left(lines, 'amd64')).toEqual(['linux-arm64/a.node']);
  });

  it('the counterpart of one file does not speak for another', () => {
    const lines = [
      'linux-arm64/helper elf arm64',
      'linux-x64/helper elf amd64',
      'linux-x64/addon.node elf amd64',
    ];
    expect(left(lines)).toEqual(['linux-x64/helper']);
  });

  it('nor does one for another version of Node', () => {
    const lines = ['linux-arm64/a.abi127.node elf arm64', 'linux-x64/a.abi137.node elf amd64'];
    expect(left(lines)).toEqual([]);
  });

  it('a file whose path says nothing, whatever lies beside it', () => {
    expect(left(['lib/addon.node elf amd64', 'lib/arm64/addon.node elf arm64'])).toEqual([]);
    expect(left(['bin/linux/tool elf amd64', 'bin/linux/arm64/tool elf arm64'])).toEqual([]);
  });

  it('a program for Windows that somebody on Linux may serve, or run in an emulator', () => {
    expect(left(['vendor/rcedit.exe pe unknown'])).toEqual([]);
  });
});

it('what a package works without is all native code that cannot run on the target', () => {
  const lines = [
    'prebuilds/linux-x64/a.node elf amd64',
    'build/Release/a.node elf amd64',
    'android-arm64/a.node elf arm64',
    'own.node elf arm64',
    'a.exe pe unknown',
  ];
  expect(unusableFiles(files(...lines), targetOf('linux/arm64'))).toEqual([
    'prebuilds/linux-x64/a.node',
    'build/Release/a.node',
    'android-arm64/a.node',
  ]);
});

describe('whatever is in a package', () => {
  const word = fc.constantFrom(
    'linux',
    'linuxmusl',
    'darwin',
    'win32',
    'x64',
    'arm64',
    'ia32',
    'musl',
    'glibc',
    'lib',
    'v1',
    'v2',
  );
  const path = fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.constantFrom('a.node', 'b.node'))
    .map(([words, name]) => `${words.join('-')}/${name}`);
  const binary = fc.constantFrom('elf amd64', 'elf arm64', 'elf 386', 'pe unknown', 'mach-o any', '');
  const anything = fc.uniqueArray(fc.tuple(path, binary), { maxLength: 12, selector: ([one]) => one });
  const target = targetOf('linux/arm64');
  const saysOther = ({ os, cpus, libc }: ReturnType<typeof pathWords>) =>
    (os !== undefined && os !== 'linux') || (cpus.length > 0 && !cpus.includes('arm64')) || libc === 'musl';

  it('what is left out says that it is for something else, and what of it is ELF has a counterpart that fits', () => {
    fc.assert(
      fc.property(anything, (list) => {
        const all = files(...list.map(([one, kind]) => `${one} ${kind}`.trim()));
        const leftOut = new Set(filesForOthers(all, target));
        const kept = all.filter((file) => !leftOut.has(file.path));
        for (const file of all.filter((one) => leftOut.has(one.path))) {
          const words = pathWords(file.path);
          const hasFitting = kept.some(
            (one) => isElfFor(one, target) && pathWords(one.path).stem === words.stem,
          );
          const isUnmarked = words.os === 'linux' && words.libc === undefined;
          expect(file.binary).toBeDefined();
          expect(saysOther(words) || isUnmarked).toBe(true);
          if (file.binary?.format === 'elf') expect(hasFitting).toBe(true);
        }
      }),
    );
  });
});
