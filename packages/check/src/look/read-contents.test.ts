import { createContext, digestOf, directory, file, type Layer, symlink } from '@catamaran/oci';
import { expect, it } from 'vitest';
import { memoryContents } from '../testing/memory-contents.ts';
import { layerOf } from '../testing/memory-image.ts';
import { readContents } from './read-contents.ts';

it('tells of every entry what is in it, and how large the archive is', async () => {
  const layer = await layerOf(
    directory('app'),
    file('app/main.mjs', 'run()'),
    symlink('app/link', 'main.mjs'),
  );
  const [contents] = await readContents([layer], memoryContents(), createContext());
  expect(contents?.entries).toMatchObject([
    { path: 'app', type: 'directory', mode: 0o755 },
    { path: 'app/main.mjs', type: 'file', sizeBytes: 5, digest: digestOf('run()') },
    { path: 'app/link', type: 'symlink', target: 'main.mjs' },
  ]);
  expect(contents?.uncompressedBytes).toBe(512 * (3 + 1 + 2));
});

it('reads a layer once', async () => {
  const [layer, cache] = [await layerOf(file('a', '1')), memoryContents()];
  const first = await readContents([layer], cache, createContext());
  expect(await readContents([layer], cache, createContext())).toEqual(first);
  expect(layer.opened).toBe(1);
});

it('does not remember what only claims to be another layer', async () => {
  const [honest, cache] = [await layerOf(file('a', '1')), memoryContents()];
  const liar: Layer = { ...(await layerOf(file('a', '2'))), diffId: () => honest.diffId() };
  const [lie] = await readContents([liar], cache, createContext());
  expect(lie?.entries).toMatchObject([{ digest: digestOf('2') }]);
  const [truth] = await readContents([honest], cache, createContext());
  expect(truth?.entries).toMatchObject([{ digest: digestOf('1') }]);
});
