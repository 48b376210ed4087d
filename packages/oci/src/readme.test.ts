import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createContext } from './context/context.ts';
import type { ImageIndex } from './image/image.ts';
import { layoutStore } from './layout/layout-store.ts';
import { parsePlatform } from './model/platform.ts';
import { parseReference } from './model/reference.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { readLayer } from './tree/tree-entry.ts';

const packageFolder = join(import.meta.dirname, '..');

it('the example in the README makes the image that it says it makes', async () => {
  const readme = readFileSync(join(packageFolder, 'README.md'), 'utf8');
  const example = /^```ts\n(.*?)^```$/ms.exec(readme)?.[1];
  expect(example).toBeDefined();
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules/@catamaran'), { recursive: true });
  symlinkSync(packageFolder, join(folder, 'node_modules/@catamaran/oci'));
  writeFileSync(join(folder, 'example.mts'), example ?? '');
  execFileSync(process.execPath, ['--conditions=source', 'example.mts'], { cwd: folder, timeout: 20_000 });

  const ctx = createContext();
  const index = (await layoutStore(join(folder, 'layout')).get(
    parseReference('hello:1.0'),
    ctx,
  )) as ImageIndex;
  const image = await index.image(parsePlatform('linux/arm64'));
  expect((await image.config()).value).toMatchObject({
    architecture: 'arm64',
    config: { Cmd: ['/hello.txt'] },
  });
  const paths = [];
  for (const layer of await image.layers()) for await (const { path } of readLayer(layer)) paths.push(path);
  expect(paths).toEqual(['hello.txt']);
});
