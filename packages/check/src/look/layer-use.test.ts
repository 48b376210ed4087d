import { createContext, directory, file, type TarEntry } from '@catamaran/oci';
import { expect, it } from 'vitest';
import { memoryContents } from '../testing/memory-contents.ts';
import { layerOf } from '../testing/memory-image.ts';
import { imageUse } from './layer-use.ts';
import { readContents } from './read-contents.ts';

async function useOf(...layers: readonly (readonly TarEntry[])[]) {
  const made = await Promise.all(layers.map((entries) => layerOf(...entries)));
  return imageUse(await readContents(made, memoryContents(), createContext()));
}

const kilobyte = (letter: string) => letter.repeat(1000);
const hardlink = (path: string, target: string): TarEntry => ({
  type: 'hardlink',
  path,
  mode: 0o644,
  target,
});

it('counts what each layer adds, changes and deletes, and what is wasted', async () => {
  const use = await useOf(
    [
      directory('app'),
      file('app/a', kilobyte('a')),
      file('app/b', kilobyte('b')),
      file('app/c', kilobyte('c')),
    ],
    [directory('app'), file('app/.wh.a', ''), file('app/b', kilobyte('B')), file('app/d', 'd')],
    [file('app/.wh..wh..opq', ''), file('app/c', kilobyte('c'))],
  );
  expect(use.layers).toMatchObject([
    { added: 3, changed: 0, deleted: 0, wastedBytes: 3000 },
    { added: 1, changed: 1, deleted: 1, wastedBytes: 1001 },
    { added: 0, changed: 1, deleted: 2, wastedBytes: 0 },
  ]);
  expect(use).toMatchObject({ fileBytes: 5001, wastedBytes: 4001, efficiency: 1 - 4001 / 5001 });
  expect(use.wasted).toMatchObject([
    { path: 'app/a', layerIndex: 0, how: 'deleted', byLayerIndex: 1 },
    { path: 'app/b', layerIndex: 0, how: 'replaced', byLayerIndex: 1 },
    { path: 'app/b', layerIndex: 1, how: 'deleted', byLayerIndex: 2 },
    { path: 'app/c', layerIndex: 0, how: 'deleted', byLayerIndex: 2 },
    { path: 'app/d', layerIndex: 1, how: 'deleted', byLayerIndex: 2 },
  ]);
});

it('wastes nothing where a hard link keeps what is deleted', async () => {
  const use = await useOf([file('a', kilobyte('a')), hardlink('b', 'a')], [file('.wh.a', '')]);
  expect(use).toMatchObject({ fileBytes: 1000, wastedBytes: 0, efficiency: 1, repeated: [] });
  const both = await useOf(
    [file('a', kilobyte('a')), hardlink('b', 'a')],
    [file('.wh.a', ''), file('.wh.b', '')],
  );
  expect(both.wastedBytes).toBe(1000);
});

it('wastes what a folder or a file takes the place of, and what a layer has twice', async () => {
  const use = await useOf(
    [directory('d'), file('d/x', kilobyte('x')), file('f', kilobyte('f'))],
    [file('d', 'd'), directory('f'), file('twice', kilobyte('1')), file('twice', kilobyte('2'))],
  );
  expect(use.wasted.map(({ path, byLayerIndex }) => [path, byLayerIndex])).toEqual([
    ['d/x', 1],
    ['f', 1],
    ['twice', 1],
  ]);
});

it('finds the same content in other places', async () => {
  const use = await useOf(
    [file('a', kilobyte('z')), hardlink('h', 'a'), file('empty', '')],
    [file('b', kilobyte('z'))],
  );
  expect(use.repeatedBytes).toBe(1000);
  expect(use.repeated).toMatchObject([{ sizeBytes: 1000, repeatedBytes: 1000, paths: ['a', 'b'] }]);
});

it('an image without files wastes nothing', async () => {
  expect(await useOf([directory('only')])).toMatchObject({ fileBytes: 0, efficiency: 1 });
});
