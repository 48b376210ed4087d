import { access, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createContext } from '../context/context.ts';
import { createImage } from '../image/create-image.ts';
import { createIndex } from '../image/create-index.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import { blobLayer } from '../layer/blob-layer.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import { digestHex, digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { platforms } from '../model/platform.ts';
import { parseReference } from '../model/reference.ts';
import { file } from '../tar/tar-entry.ts';
import { layerOf } from '../testing/memory-layer.ts';
import { layoutStore } from './layout-store.ts';
import { testImage } from './testing/test-image.ts';

let folder = '';
const ctx = createContext();
const reference = parseReference('service');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catamaran-prune-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function indexOf(content: string): Promise<ImageIndex> {
  const bytes = Buffer.alloc(1024, content);
  const digest = digestOf(bytes);
  const descriptor = { mediaType: mediaTypes.layerTar, digest, size: bytes.length };
  const layer = blobLayer({
    descriptor,
    diffId: digest,
    async *open() {
      yield bytes;
    },
  });
  const images = platforms.map(async (platform) => ({
    platform,
    image: await createImage({
      platform,
      parts: [{ layer, createdBy: 'test' }],
      execution: {},
      created: '1970-01-01T00:00:00Z',
    }),
  }));
  return createIndex(await Promise.all(images));
}

function blobNames(): Promise<string[]> {
  return readdir(join(folder, 'blobs', 'sha256'));
}

const twoHoursAgo = () => new Date(Date.now() - 2 * 60 * 60 * 1000);

/** Makes every blob two hours old. */
async function age(): Promise<void> {
  const then = twoHoursAgo();
  for (const name of await blobNames()) await utimes(join(folder, 'blobs', 'sha256', name), then, then);
}

describe('a layout', () => {
  it('does not grow with every rebuild: what an old build left is removed by the next', async () => {
    const store = layoutStore(folder);
    await store.put(reference, await indexOf('first'), ctx);
    const first = await blobNames();
    await writeFile(join(folder, 'blobs', 'sha256', '.1-killed.tmp'), 'half');
    await age();
    await store.put(reference, await indexOf('second'), ctx);
    const second = await blobNames();
    expect(second).toHaveLength(first.length);
    expect(second.filter((name) => first.includes(name))).toEqual([]);
    const [platform] = platforms;
    const found = (await store.get(reference, ctx)) as ImageIndex;
    const [layer] = platform ? await (await found.image(platform)).layers() : [];
    expect(layer && (await collectBytes(layer.compressed()))).toEqual(Buffer.alloc(1024, 'second'));
  });

  it('keeps what another name still names, and what is new', async () => {
    const store = layoutStore(folder);
    await store.put(parseReference('other'), await indexOf('first'), ctx);
    const first = await blobNames();
    await age();
    await store.put(reference, await indexOf('second'), ctx);
    await store.put(reference, await indexOf('third'), ctx);
    const all = await blobNames();
    expect(all).toEqual(expect.arrayContaining(first));
    expect(all).toHaveLength(3 * first.length);
  });

  it('leaves everything in place when something in it cannot be followed', async () => {
    const store = layoutStore(folder);
    const { digest } = await store.put(parseReference('other'), await indexOf('first'), ctx);
    await writeFile(join(folder, 'blobs', 'sha256', digest.slice(7)), 'damaged');
    await writeFile(join(folder, 'blobs', 'sha256', 'f'.repeat(64)), 'whose?');
    await age();
    const before = await blobNames();
    await store.put(reference, await indexOf('second'), ctx);
    expect(await blobNames()).toEqual(expect.arrayContaining(before));
  });

  it('has all of what was put in hours, though another build pruned what was not named yet', async () => {
    const store = layoutStore(folder);
    await store.put(parseReference('other'), await indexOf('before'), ctx);
    const first = await layerOf(file('first', 'x'.repeat(50_000)));
    const second = await layerOf(file('second', 'y'));
    const firstPath = join(folder, 'blobs', 'sha256', digestHex((await first.descriptor()).digest));
    const meanwhile = async function* () {
      await vi.waitFor(() => access(firstPath), { timeout: 5000, interval: 5 });
      await utimes(firstPath, twoHoursAgo(), twoHoursAgo());
      await store.put(parseReference('other'), await indexOf('meanwhile'), ctx);
      await expect(access(firstPath)).rejects.toThrow('ENOENT');
      yield* second.compressed();
    };
    const slow = blobLayer({
      descriptor: await second.descriptor(),
      diffId: await second.diffId(),
      open: meanwhile,
    });
    await store.put(reference, await testImage(first, slow), ctx);
    const found = (await store.get(reference, ctx)) as Image;
    for (const layer of await found.layers())
      expect((await collectBytes(layer.compressed())).length).toBe((await layer.descriptor()).size);
  });
});
