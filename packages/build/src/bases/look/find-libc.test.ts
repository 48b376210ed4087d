import { composeTree, directory, file, symlink, type TarEntry, type TreeEntry } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { amd64, arm64 } from '../../../testing/base-images.ts';
import { findLibc } from './find-libc.ts';

const placed = (entry: TarEntry): TreeEntry => ({
  path: entry.path,
  type: entry.type,
  mode: entry.mode,
  uid: 0,
  gid: 0,
  sizeBytes: 1,
  target: 'target' in entry ? entry.target : '',
});
const treeOf = (...layers: readonly (readonly TarEntry[])[]) =>
  composeTree(layers.map((layer) => layer.map(placed)));
const program = (path: string) => file(path, 'x', 0o755);

const debian = [
  symlink('lib', 'usr/lib'),
  symlink('lib64', 'usr/lib64'),
  directory('usr/lib64'),
  symlink('usr/lib64/ld-linux-x86-64.so.2', '/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2'),
  program('usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2'),
  program('usr/lib/x86_64-linux-gnu/libc.so.6'),
];
const debianArm64 = [
  symlink('lib', 'usr/lib'),
  symlink('usr/lib/ld-linux-aarch64.so.1', 'aarch64-linux-gnu/ld-linux-aarch64.so.1'),
  program('usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1'),
  program('usr/lib/aarch64-linux-gnu/libc.so.6'),
];
const fedora = [
  symlink('lib64', 'usr/lib64'),
  program('usr/lib64/ld-linux-x86-64.so.2'),
  symlink('usr/lib64/libc.so.6', 'libc-2.39.so'),
  program('usr/lib64/libc-2.39.so'),
];
const alpine = [
  program('lib/ld-musl-x86_64.so.1'),
  symlink('lib/libc.musl-x86_64.so.1', 'ld-musl-x86_64.so.1'),
];
const gcompat = [
  symlink('lib64/ld-linux-x86-64.so.2', '/lib/libgcompat.so.0'),
  program('lib/libgcompat.so.0'),
];

describe('the C library of a base', () => {
  it.each([
    ['Debian', amd64, 'glibc', treeOf(debian)],
    ['Debian for arm64', arm64, 'glibc', treeOf(debianArm64)],
    ['Fedora', amd64, 'glibc', treeOf(fedora)],
    ['Alpine', amd64, 'musl', treeOf(alpine)],
    ['Alpine for arm64', arm64, 'musl', treeOf([program('lib/ld-musl-aarch64.so.1')])],
    ['Alpine with gcompat', amd64, 'musl', treeOf(alpine, gcompat)],
    ['Debian with the package musl', amd64, 'glibc', treeOf(debian, alpine)],
  ])('of %s', (_, platform, libc, tree) => {
    expect(findLibc(tree, platform)).toBe(libc);
  });

  it.each([
    ['an empty tree', treeOf([])],
    ['a static program’s', treeOf([program('app')])],
    ['one for another CPU', treeOf(debianArm64)],
    [
      'one whose linker is a link to nowhere',
      treeOf(debian.slice(0, 4), [program('usr/lib/x86_64-linux-gnu/libc.so.6')]),
    ],
    [
      'one whose linker a later layer has removed',
      treeOf(debian, [file('usr/lib/x86_64-linux-gnu/.wh.ld-linux-x86-64.so.2', '')]),
    ],
  ])('is none in %s', (_, tree) => {
    expect(findLibc(tree, amd64)).toBeUndefined();
  });
});
