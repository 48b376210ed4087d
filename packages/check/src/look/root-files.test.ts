import { composeTree, type TreeEntry } from '@catamaran/oci';
import { expect, it } from 'vitest';
import { type FileNode, rootFiles } from './root-files.ts';

const entry = (path: string, type: TreeEntry['type'], sizeBytes = 0, target = ''): TreeEntry => ({
  path,
  type,
  mode: 0o644,
  uid: 0,
  gid: 0,
  sizeBytes,
  target,
});

function shape({ path, children, files, sizeBytes }: FileNode): unknown {
  return [path, files, sizeBytes, ...children.map(shape)];
}

it('adds up what is below each folder; hard links take nothing', () => {
  const tree = composeTree([
    [entry('app', 'directory'), entry('app/b', 'file', 10), entry('app/a', 'hardlink', 0, 'app/b')],
    [entry('usr/lib/c', 'file', 5), entry('l', 'symlink', 0, 'usr')],
  ]);
  const root = rootFiles(tree);
  expect(shape(root)).toEqual([
    '',
    4,
    15,
    ['app', 2, 10, ['app/a', 1, 0], ['app/b', 1, 10]],
    ['l', 1, 0],
    ['usr', 1, 5, ['usr/lib', 1, 5, ['usr/lib/c', 1, 5]]],
  ]);
  expect(root.children[2]?.entry).toBeUndefined();
});

it('is no deeper than memory, whatever a layer nests', () => {
  const path = Array.from({ length: 2000 }, () => 'd').join('/');
  const root = rootFiles(composeTree([[entry(path, 'file', 1)]]));
  expect(root).toMatchObject({ files: 1, sizeBytes: 1 });
});
