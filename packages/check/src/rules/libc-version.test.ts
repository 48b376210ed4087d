import { describe, expect, it } from 'vitest';
import type { ElfFile } from '../elf/elf-file.ts';
import { type ElfTree, elfFindings } from '../testing/elf-image.ts';

const loader = 'lib64/ld-linux-x86-64.so.2';
const versions = ['GLIBC_2.2.5', 'GLIBC_2.9', 'GLIBC_2.34', 'GLIBC_2.36', 'GLIBC_PRIVATE'];
const image: ElfTree = {
  [loader]: { soname: 'ld-linux-x86-64.so.2' },
  'lib/libc.so.6': { soname: 'libc.so.6', versions },
  'lib/libstdc++.so.6': { versions: ['GLIBCXX_3.4', 'GLIBCXX_3.4.30', 'CXXABI_1.3', 'CXXABI_1.3.13'] },
};
const needing = (wanted: readonly string[], library = 'libc.so.6', parts: Partial<ElfFile> = {}): ElfFile =>
  ({
    interpreter: `/${loader}`,
    needed: [library],
    versionNeeds: [{ library, versions: wanted }],
    ...parts,
  }) as ElfFile;
const found = (app: Partial<ElfFile>, more: ElfTree = {}) => elfFindings({ ...image, ...more, app });

describe('the versions that a file needs', () => {
  it('are those that the image’s libraries have', () => {
    expect(found(needing(['GLIBC_2.2.5', 'GLIBC_2.34', 'GLIBC_PRIVATE']))).toEqual([]);
  });

  it('are told by the newest that is missing, beside the newest that is there', () => {
    expect(found(needing(['GLIBC_2.9', 'GLIBC_2.38', 'GLIBC_2.100', 'GLIBC_2.37']))).toEqual([
      'error libc-version /app needs GLIBC_2.100, the image has 2.36',
    ]);
  });

  it('are told once for each series of a library', () => {
    expect(found(needing(['GLIBCXX_3.4.32', 'GLIBCXX_3.4.31', 'CXXABI_1.3.15'], 'libstdc++.so.6'))).toEqual([
      'error libc-version /app needs GLIBCXX_3.4.32, the image has 3.4.30',
      'error libc-version /app needs CXXABI_1.3.15, the image has 1.3.13',
    ]);
  });

  it('have no number at times', () => {
    expect(found(needing(['GLIBC_ABI_DT_RELR']))).toEqual([
      'error libc-version /app needs GLIBC_ABI_DT_RELR, which the image’s libc.so.6 does not have',
    ]);
  });

  it('may be missing where only weak references ask for them', () => {
    const weak = [{ library: 'libc.so.6', versions: ['GLIBC_2.34'], weak: ['GLIBC_2.99'] }];
    expect(found(needing([], 'libc.so.6', { versionNeeds: weak }))).toEqual([]);
  });

  it('are all there in a library that has none, as the loader takes it', () => {
    expect(found(needing(['LIBA_1'], 'liba.so'), { 'lib/liba.so': {} })).toEqual([]);
  });

  it('are not asked of a library that is missing: that is told already', () => {
    expect(found(needing(['LIBA_1'], 'liba.so'))).toEqual([
      'error needed /app needs the library liba.so, which is not in the image',
    ]);
  });

  it('are those of the library that the file gets, not of one that lies elsewhere', () => {
    const own = { 'opt/libstdc++.so.6': { versions: ['GLIBCXX_3.4.32'] } };
    const app = needing(['GLIBCXX_3.4.32'], 'libstdc++.so.6', { runpath: ['/opt'] });
    expect(found(app, own)).toEqual([]);
    expect(found({ ...app, runpath: [] }, own)).toHaveLength(1);
  });

  it('are asked for by libraries and addons as well', () => {
    const { interpreter: _, ...library } = needing(['GLIBC_2.38']);
    expect(elfFindings({ ...image, 'app/a.node': library, 'lib/libb.so': library })).toEqual([
      'error libc-version /app/a.node needs GLIBC_2.38, the image has 2.36',
      'error libc-version /lib/libb.so needs GLIBC_2.38, the image has 2.36',
    ]);
  });
});

describe('the kind of C library', () => {
  const musl: ElfTree = {
    'lib/ld-musl-x86_64.so.1': { soname: 'libc.musl-x86_64.so.1' },
    'lib/libc.musl-x86_64.so.1': 'ld-musl-x86_64.so.1',
  };
  const glibcFiles: ElfTree = {
    program: needing(['GLIBC_2.99']),
    'lib.so': { needed: ['libm.so.6', 'libc.so.6'] },
  };
  const muslFiles: ElfTree = {
    program: { interpreter: '/lib/ld-musl-x86_64.so.1', needed: ['libc.so'] },
    'addon.node': {
      needed: ['libgcc_s.so.1', 'libc.musl-x86_64.so.1'],
      versionNeeds: [{ library: 'libgcc_s.so.1', versions: ['GCC_3.0', 'GLIBC_2.0'] }],
    },
    'lib.so': { needed: ['libc.so'] },
  };
  const neutral: ElfTree = { static: { type: 'exec' }, 'static-pie': {}, 'alone.so': {} };
  const told = (tree: ElfTree) => elfFindings(tree).map((line) => line.replace(/^error libc-kind /, ''));

  it('is that of the image, and nothing else is said of a file that has another one', () => {
    expect(told({ ...image, ...muslFiles })).toEqual(
      ['addon.node', 'lib.so', 'program'].map((path) => `/${path} is made for musl, the image has glibc`),
    );
    expect(told({ ...musl, ...glibcFiles })).toEqual(
      ['lib.so', 'program'].map((path) => `/${path} is made for glibc, the image has musl`),
    );
  });

  it('does not matter to what needs none', () => {
    expect(told({ ...image, ...neutral })).toEqual([]);
    expect(told({ ...musl, ...neutral })).toEqual([]);
  });

  it('may be either where the image has both', () => {
    const fitting = { ...muslFiles, 'addon.node': { needed: ['libc.musl-x86_64.so.1'] } };
    expect(told({ ...image, ...musl, ...fitting })).toEqual([]);
  });

  it('is nothing that an image without one could be held against', () => {
    expect(told({ program: needing([]) })).toEqual([
      'error interpreter /program needs the loader /lib64/ld-linux-x86-64.so.2, which is not in the image',
      'error needed /program needs the library libc.so.6, which is not in the image',
    ]);
  });

  it('is musl’s with Alpine’s gcompat, which has a loader of glibc’s name', () => {
    const gcompat: ElfTree = {
      'lib64/ld-linux-x86-64.so.2': '/lib/libgcompat.so.0',
      'lib/libgcompat.so.0': { soname: 'libgcompat.so.0' },
    };
    expect(told({ ...musl, ...gcompat, program: needing(['GLIBC_2.34']) })).toEqual([]);
  });

  it('is Android’s of some addons', () => {
    expect(told({ ...image, 'a.node': { needed: ['liblog.so', 'libdl.so', 'libc.so'] } })).toEqual([
      '/a.node is made for Android’s C library, the image has glibc',
    ]);
  });
});

describe('the ABI of an addon', () => {
  const node = (version: string, path = 'usr/local/bin/node'): ElfTree => ({
    [path]: needing([], 'libc.so.6', { nodeVersion: version }),
  });
  const addon = { addon: { kind: 'abi', abi: '127' } as const, needed: ['libc.so.6'] };

  it('is that of the image’s Node.js', () => {
    expect(elfFindings({ ...image, ...node('22.14.0'), 'a.node': addon })).toEqual([]);
    expect(elfFindings({ ...image, ...node('24.21.0'), 'a.node': addon })).toEqual([
      'error node-abi /a.node is for ABI 127 of Node.js, the image’s Node.js 24.21.0 has ABI 137',
    ]);
  });

  it('does not matter to addons that use Node-API, and is not guessed', () => {
    for (const one of [{ kind: 'node-api' }, { kind: 'self-registering' }] as const) {
      expect(elfFindings({ ...image, ...node('24.21.0'), 'a.node': { ...addon, addon: one } })).toEqual([]);
    }
    expect(elfFindings({ ...image, 'a.node': addon })).toEqual([]);
    expect(elfFindings({ ...image, ...node('99.0.0'), 'a.node': addon })).toEqual([]);
  });

  it('is that of the Node.js that PATH finds', () => {
    const tree = {
      ...image,
      ...node('24.21.0', 'opt/a/node'),
      ...node('22.14.0', 'opt/b/node'),
      'a.node': addon,
    };
    expect(elfFindings(tree, { execution: { Env: ['PATH=/opt/b:/opt/a'] } })).toEqual([]);
    expect(elfFindings(tree, { execution: { Env: ['PATH=/opt/a:/opt/b'] } })).toHaveLength(1);
  });

  it('is that of its library, where distributions split the two', () => {
    const split: ElfTree = {
      'usr/bin/node': needing([], 'libnode.so.115'),
      'lib/libnode.so.115': { nodeVersion: '20.19.2', soname: 'libnode.so.115' },
    };
    expect(elfFindings({ ...image, ...split, 'a.node': addon })).toEqual([
      'error node-abi /a.node is for ABI 127 of Node.js, the image’s Node.js 20.19.2 has ABI 115',
    ]);
  });
});
