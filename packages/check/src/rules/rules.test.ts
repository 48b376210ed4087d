import { parsePlatform } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import type { ElfFile } from '../elf/elf-file.ts';
import { checkedTree } from '../testing/checked-tree.ts';
import { interpreterRule } from './interpreter.ts';
import { machineRule } from './machine.ts';
import { neededRule } from './needed.ts';

const arm64 = parsePlatform('linux/arm64');

const tree = (...paths: readonly string[]) => checkedTree(paths);
const arm64Tree = (...paths: readonly string[]) => checkedTree(paths, { platform: arm64 });

const elf = (parts: Partial<ElfFile> = {}): ElfFile => ({
  path: 'opt/app/bin/app',
  bits: 64,
  byteOrder: 'little',
  machine: 'amd64',
  type: 'dyn',
  needed: [],
  rpath: [],
  runpath: [],
  versionNeeds: [],
  versions: [],
  ...parts,
});

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

describe('the libraries', () => {
  const check = (parts: Partial<ElfFile>, ...paths: string[]) =>
    neededRule.check(elf({ needed: ['liba.so.1'], ...parts }), tree(...paths)).map(({ message }) => message);
  const missing = ['needs the library liba.so.1, which is not in the image'];

  it.each([
    'lib/x86_64-linux-gnu',
    'usr/lib/x86_64-linux-gnu',
    'lib',
    'usr/lib',
    'lib64',
    'usr/lib64',
    'usr/local/lib',
  ])('are found in /%s', (folder) => {
    expect(check({}, `${folder}/liba.so.1`)).toEqual([]);
  });

  it('are found behind a linked folder and a linked name', () => {
    const paths = ['lib -> usr/lib', 'usr/lib/x86_64-linux-gnu/liba.so.1 -> liba.so.1.2'];
    expect(check({}, ...paths, 'usr/lib/x86_64-linux-gnu/liba.so.1.2')).toEqual([]);
    expect(check({}, ...paths)).toEqual(missing);
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: as it is written in ELF files.
  it.each(['$ORIGIN/../lib', '${ORIGIN}/../lib', '/nowhere:$ORIGIN/../lib', '/opt/app/lib'])(
    'are found where the file itself says: %s',
    (folder) => {
      const runpath = folder.split(':');
      expect(check({ runpath }, 'opt/app/lib/liba.so.1', 'opt/app/bin/')).toEqual([]);
      expect(check({ runpath }, 'opt/lib/liba.so.1')).toEqual(missing);
    },
  );

  it('are found beside a file in the root and one in a folder with a dollar in its name', () => {
    expect(check({ path: 'app', runpath: ['$ORIGIN'] }, 'liba.so.1')).toEqual([]);
    const path = 'opt/$&$$/app';
    expect(check({ path, runpath: ['$ORIGIN/lib'] }, 'opt/$&$$/lib/liba.so.1')).toEqual([]);
  });

  it('are looked for only in their place when they are named with one', () => {
    expect(check({ needed: ['/opt/liba.so.1'] }, 'opt/liba.so.1')).toEqual([]);
    expect(check({ needed: ['/opt/liba.so.1'] }, 'lib/liba.so.1')).toHaveLength(1);
  });

  it('are an error each when they are missing, or in folders of another architecture', () => {
    const needed = ['liba.so.1', 'libb.so.1', 'libc.so.6'];
    expect(check({ needed }, 'lib/libb.so.1', 'lib/aarch64-linux-gnu/liba.so.1')).toEqual([
      ...missing,
      'needs the library libc.so.6, which is not in the image',
    ]);
    const [finding] = neededRule.check(elf({ needed }), tree());
    expect(finding).toMatchObject({ rule: 'needed', level: 'error', path: '/opt/app/bin/app' });
  });

  it('are looked for in the folders of the platform', () => {
    const file = elf({ machine: 'arm64', needed: ['liba.so.1'] });
    expect(neededRule.check(file, arm64Tree('lib/aarch64-linux-gnu/liba.so.1'))).toEqual([]);
    expect(neededRule.check(file, arm64Tree('lib/x86_64-linux-gnu/liba.so.1'))).toHaveLength(1);
  });

  it('are not asked for on behalf of a file for another machine', () => {
    expect(check({ machine: 'arm64' })).toEqual([]);
  });
});
