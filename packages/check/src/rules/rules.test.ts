import { parsePlatform } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import type { ElfFile } from '../elf/elf-file.ts';
import { checkedTree } from '../testing/checked-tree.ts';
import { elfFile } from '../testing/elf-image.ts';
import { interpreterRule } from './interpreter.ts';
import { machineRule } from './machine.ts';

const arm64 = parsePlatform('linux/arm64');

const tree = (...paths: readonly string[]) => checkedTree(paths);
const arm64Tree = (...paths: readonly string[]) => checkedTree(paths, { platform: arm64 });

const elf = (parts: Partial<ElfFile> = {}) => elfFile('opt/app/bin/app', parts);

describe('the machine', () => {
  it('is that of the platform', () => {
    expect(machineRule.check(elf(), tree())).toEqual([]);
    expect(machineRule.check(elf({ machine: 'arm64' }), arm64Tree())).toEqual([]);
  });

  it('is an error when it is another, and says which is which', () => {
    expect(machineRule.check(elf(), arm64Tree())).toEqual([
      {
        rule: 'machine',
        level: 'error',
        path: '/opt/app/bin/app',
        message: 'is for amd64, the image is for arm64',
      },
    ]);
  });
});

describe('what is for no CPU', () => {
  it.each<[string, Partial<ElfFile>]>([
    ['a program for the kernel’s filter', { machine: 'bpf', type: 'rel' }],
    ['a linked one', { machine: 'bpf' }],
    ['an object file for another machine', { machine: 'arm', type: 'rel' }],
    ['memory of what has crashed', { machine: 'arm', type: 'core' }],
    ['what debuggers read', { machine: 'arm', type: 'debug' }],
    ['what a graphics card runs', { machine: 'amdgpu' }],
  ])('%s is not for the wrong one', (_, parts) => {
    expect(machineRule.check(elf(parts), tree())).toEqual([]);
  });

  it('is no x32, which has the machine of amd64 and is none', () => {
    const [finding] = machineRule.check(elf({ machine: 'x32', bits: 32 }), tree());
    expect(finding?.message).toBe('is for x32, the image is for amd64');
  });
});

describe('the interpreter', () => {
  const check = (...paths: string[]) =>
    interpreterRule.check(elf({ interpreter: '/lib64/ld-linux-x86-64.so.2' }), tree(...paths));

  it('is in the image, as a file or behind links and linked folders', () => {
    expect(check('lib64/ld-linux-x86-64.so.2')).toEqual([]);
    expect(check('lib64 -> usr/lib64', 'usr/lib64/ld-linux-x86-64.so.2')).toEqual([]);
    expect(
      check(
        'lib64 -> /usr/lib64',
        'lib -> usr/lib',
        'usr/lib64/ld-linux-x86-64.so.2 -> ../../lib/x86_64-linux-gnu/ld.so',
        'usr/lib/x86_64-linux-gnu/ld.so',
      ),
    ).toEqual([]);
  });

  it.each([
    ['is missing', []],
    ['is only elsewhere', ['lib/ld-linux-x86-64.so.2']],
    ['is a link to nothing', ['lib64/ld-linux-x86-64.so.2 -> ld.so']],
    ['is a folder', ['lib64/ld-linux-x86-64.so.2/']],
  ])('is an error when it %s', (_, paths) => {
    expect(check(...paths)).toEqual([
      {
        rule: 'interpreter',
        level: 'error',
        path: '/opt/app/bin/app',
        message: 'needs the loader /lib64/ld-linux-x86-64.so.2, which is not in the image',
      },
    ]);
  });

  it('is nothing that a library or a static program needs', () => {
    expect(interpreterRule.check(elf(), tree())).toEqual([]);
  });
});
