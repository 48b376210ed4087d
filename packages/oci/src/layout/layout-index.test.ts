import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { parseReference } from '../model/reference.ts';
import { file } from '../tar/tar-entry.ts';
import { layerOf } from '../testing/memory-layer.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { layoutStore } from './layout-store.ts';
import { testImage } from './testing/test-image.ts';

const ctx = createContext();

it('what other programs wrote into index.json stays, and so does the order of what has no name', async () => {
  const folder = temporaryFolder();
  const store = layoutStore(folder);
  const path = join(folder, 'index.json');
  const read = () => JSON.parse(readFileSync(path, 'utf8'));
  await store.put(parseReference('m'), await testImage(await layerOf(file('m', 'm'))), ctx);
  const { manifests, ...index } = read();
  const nameless = ['z', 'a', 'k'].map((title) => ({
    ...manifests[0],
    annotations: { 'org.opencontainers.image.title': title },
  }));
  const others = { annotations: { 'com.example.owner': 'me' }, 'x-other': [1] };
  writeFileSync(path, JSON.stringify({ ...others, ...index, manifests: [...nameless, ...manifests] }));
  await store.put(parseReference('b'), await testImage(await layerOf(file('b', 'b'))), ctx);
  await store.put(parseReference('n'), await testImage(await layerOf(file('n', 'n'))), ctx);
  const after = read();
  expect(after).toMatchObject({ ...index, ...others });
  expect(after.manifests.slice(0, 3)).toEqual(nameless);
  expect(after.manifests).toHaveLength(6);
});
