import { expect, it } from 'vitest';
import { foldersAbove } from './folders-above.ts';

it.each([
  ['file', []],
  ['usr/bin/node', ['usr', 'usr/bin']],
  ['a/b/', ['a', 'a/b']],
  ['', []],
])('%s lies in %j', (path, folders) => {
  expect([...foldersAbove(path)]).toEqual(folders);
});
