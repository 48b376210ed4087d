import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { createIndex } from '../image/create-index.ts';
import { type Image, type ImageIndex, isImageIndex } from '../image/image.ts';
import { blobLayer } from '../layer/blob-layer.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import type { Layer } from '../layer/layer.ts';
import { digestHex, digestOf } from '../model/digest.ts';
import { parseReference } from '../model/reference.ts';
import { directory, file, symlink } from '../tar/tar-entry.ts';
import { layerOf } from '../testing/memory-layer.ts';
import { amd64, arm64, imageOf, indexOf } from '../testing/small-index.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools, runTool } from '../testing/tools.ts';
import { layoutStore } from './layout-store.ts';

const ctx = createContext();
const bookstore = parseReference('bookstore');

function readIndex(folder: string) {
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
  const names = index.manifests.map(
    (entry: { annotations: Record<string, string> }) =>
      entry.annotations['org.opencontainers.image.ref.name'],
  );
  return { ...index, names };
}

const blobNames = (folder: string) => readdirSync(join(folder, 'blobs/sha256')).sort();

describe('layoutStore', () => {
  it('gives back an image, to the byte', async () => {
    const folder = temporaryFolder();
    const layer = await layerOf(file('a', 'content'));
    const image = await imageOf(amd64, layer);
    const descriptor = await layoutStore(folder).put(bookstore, image, ctx);
    expect(descriptor.digest).toBe(digestOf((await image.manifest()).bytes));

    const found = (await layoutStore(folder).get(bookstore, ctx)) as Image;
    expect(isImageIndex(found)).toBe(false);
    expect(Buffer.from((await found.manifest()).bytes)).toEqual(Buffer.from((await image.manifest()).bytes));
    expect((await found.config()).value).toEqual((await image.config()).value);
    const [foundLayer, ...more] = await found.layers();
    expect(more).toEqual([]);
    expect(await foundLayer?.descriptor()).toEqual(await layer.descriptor());
    expect(await foundLayer?.diffId()).toBe(await layer.diffId());
    expect(foundLayer && (await collectBytes(foundLayer.compressed()))).toEqual(
      await collectBytes(layer.compressed()),
    );
    expect(JSON.parse(readFileSync(join(folder, 'oci-layout'), 'utf8'))).toEqual({
      imageLayoutVersion: '1.0.0',
    });
  });

  it('gives back an index with the image of every platform, and keeps a shared layer once', async () => {
    const folder = temporaryFolder();
    const index = await indexOf('both');
    await layoutStore(folder).put(bookstore, index, ctx);
    const found = (await layoutStore(folder).get(bookstore, ctx)) as ImageIndex;
    expect(isImageIndex(found)).toBe(true);
    for (const platform of [amd64, arm64]) {
      const image = await found.image(platform);
      expect((await image.config()).value.architecture).toBe(platform.architecture);
    }
    // An index, two manifests, two configs, and three layers for four places.
    expect(blobNames(folder)).toHaveLength(8);
  });

  it('says which platforms there are when the index lacks one', async () => {
    const store = layoutStore(temporaryFolder());
    await store.put(bookstore, await createIndex([{ platform: amd64, image: await imageOf() }]), ctx);
    const found = (await store.get(bookstore, ctx)) as ImageIndex;
    await expect(found.image(arm64)).rejects.toMatchObject({
      code: 'CATA_PLATFORM_NOT_IN_INDEX',
      message: 'The image has no linux/arm64.',
      hint: expect.stringContaining('linux/amd64'),
    });
  });

  it('grows by a name and replaces what has the name already', async () => {
    const folder = temporaryFolder();
    const store = layoutStore(folder);
    const tagged = parseReference('bookstore:1.2.0');
    await store.put(tagged, await indexOf('tagged'), ctx);
    await store.put(bookstore, await indexOf('first'), ctx);
    expect(readIndex(folder).names).toEqual(['bookstore', 'bookstore:1.2.0']);

    const second = await store.put(bookstore, await indexOf('second'), ctx);
    expect(readIndex(folder).names).toEqual(['bookstore', 'bookstore:1.2.0']);
    expect(readIndex(folder).manifests[0].digest).toBe(second.digest);
    const found = await store.get(tagged, ctx);
    expect((await found.manifest()).bytes.length).toBeGreaterThan(0);
    expect(digestOf((await found.manifest()).bytes)).toBe(readIndex(folder).manifests[1].digest);
  });

  it('is the same, byte by byte, in whichever order names are put', async () => {
    const [one, other] = [temporaryFolder(), temporaryFolder()];
    const names = ['a', 'b:1', 'b'].map(parseReference);
    for (const name of names) await layoutStore(one).put(name, await indexOf(name.tag ?? 'x'), ctx);
    for (const name of names.reverse())
      await layoutStore(other).put(name, await indexOf(name.tag ?? 'x'), ctx);
    expect(readFileSync(join(other, 'index.json'))).toEqual(readFileSync(join(one, 'index.json')));
  });

  it('finds an image by its digest', async () => {
    const store = layoutStore(temporaryFolder());
    const { digest } = await store.put(bookstore, await imageOf(), ctx);
    const found = await store.get(parseReference(`bookstore@${digest}`), ctx);
    expect(digestOf((await found.manifest()).bytes)).toBe(digest);
  });

  it('says what there is when a name is not', async () => {
    const folder = temporaryFolder();
    const store = layoutStore(folder);
    await store.put(bookstore, await imageOf(), ctx);
    await expect(store.get(parseReference('libary:2'), ctx)).rejects.toMatchObject({
      code: 'CATA_IMAGE_NOT_FOUND',
      message: `There is no image "libary:2" in "${folder}".`,
      hint: expect.stringContaining('It holds: bookstore.'),
    });
  });

  it('takes no blob that has another size than its descriptor says', async () => {
    const whole = await layerOf(file('a', 'content'));
    const descriptor = { ...(await whole.descriptor()), size: 5 };
    const lying = blobLayer({ descriptor, diffId: await whole.diffId(), open: () => whole.compressed() });
    const folder = temporaryFolder();
    await expect(layoutStore(folder).put(bookstore, await imageOf(amd64, lying), ctx)).rejects.toMatchObject({
      code: 'CATA_SIZE_MISMATCH',
      message: expect.stringContaining(descriptor.digest),
    });
    expect(blobNames(folder)).not.toContain(digestHex(descriptor.digest));
  });

  it('writes a blob again that was torn, and none that is whole', async () => {
    const folder = temporaryFolder();
    const layer = await layerOf(file('a', 'content'));
    let opened = 0;
    const counted: Layer = {
      ...layer,
      compressed: () => {
        opened++;
        return layer.compressed();
      },
    };
    const image = await imageOf(amd64, counted);
    await layoutStore(folder).put(bookstore, image, ctx);
    await layoutStore(folder).put(bookstore, image, ctx);
    expect(opened).toBe(1);
    writeFileSync(join(folder, 'blobs/sha256', digestHex((await layer.descriptor()).digest)), 'torn');
    await layoutStore(folder).put(bookstore, image, ctx);
    expect(opened).toBe(2);
  });
});

describe('several puts into one layout at the same time', () => {
  it('lose no name', async () => {
    const folder = join(temporaryFolder(), 'new');
    const names = Array.from({ length: 20 }, (_, number) => `app:${number}`);
    await Promise.all(
      names.map(async (name) => layoutStore(folder).put(parseReference(name), await indexOf(name), ctx)),
    );
    expect(readIndex(folder).names).toEqual(names.sort());
    expect(readdirSync(folder).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
  });

  it('wait for nobody who was killed while he held the list', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'index.json.lock'), '');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(join(folder, 'index.json.lock'), longAgo, longAgo);
    await layoutStore(folder).put(bookstore, await imageOf(), ctx);
    expect(readIndex(folder).names).toEqual(['bookstore']);
  });

  it('can be stopped while they wait for the list', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'index.json.lock'), '');
    const signal = AbortSignal.timeout(200);
    const put = layoutStore(folder).put(bookstore, await imageOf(), createContext({ signal }));
    await expect(put).rejects.toThrow(/timeout/);
  });

  it('do not take the folder from each other when one of them fails', async () => {
    const folder = join(temporaryFolder(), 'new');
    const broken: Layer = {
      ...(await layerOf(file('a', 'x'))),
      compressed: async function* () {
        yield Buffer.from('');
        await layoutStore(folder).put(parseReference('other'), await indexOf('other'), ctx);
        throw new Error('broken');
      },
    };
    const put = layoutStore(folder).put(bookstore, await imageOf(amd64, broken), ctx);
    await expect(put).rejects.toThrow('broken');
    expect(readIndex(folder).names).toEqual(['other']);
  });
});

describe('a layout that is damaged', () => {
  const put = async () => {
    const folder = temporaryFolder();
    const layer = await layerOf(file('a', 'content'));
    const image = await imageOf(amd64, layer);
    const { digest } = await layoutStore(folder).put(bookstore, image, ctx);
    const blob = (of: typeof digest) => join(folder, 'blobs/sha256', digestHex(of));
    const config = (await image.manifest()).value.config.digest;
    const get = async () => (await layoutStore(folder).get(bookstore, ctx)) as Image;
    return {
      folder,
      get,
      manifest: blob(digest),
      config: blob(config),
      layer: blob((await layer.descriptor()).digest),
    };
  };

  it.each(['manifest', 'config'] as const)('gives no %s that has another digest', async (part) => {
    const layout = await put();
    writeFileSync(
      layout[part],
      readFileSync(layout[part], 'utf8').replace('oci', 'icu').replace('linux', 'linus'),
    );
    const image = await layout.get();
    await expect(image[part]()).rejects.toMatchObject({
      code: 'CATA_DIGEST_MISMATCH',
      message: expect.stringContaining(`in the layout "${layout.folder}"`),
    });
  });

  it.each(['manifest', 'config'] as const)('says so when the %s is missing', async (part) => {
    const layout = await put();
    rmSync(layout[part]);
    await expect((await layout.get())[part]()).rejects.toMatchObject({
      code: 'CATA_LAYOUT_INVALID',
      message: expect.stringContaining(`"${layout.folder}" cannot be read: ENOENT`),
    });
  });

  it('copies no layer that has another digest', async () => {
    const layout = await put();
    const bytes = readFileSync(layout.layer);
    bytes.writeUInt8(bytes.readUInt8(30) ^ 1, 30);
    writeFileSync(layout.layer, bytes);
    const other = temporaryFolder();
    await expect(layoutStore(other).put(bookstore, await layout.get(), ctx)).rejects.toMatchObject({
      code: 'CATA_DIGEST_MISMATCH',
    });
    expect(readdirSync(other)).toEqual(['blobs']);
    expect(blobNames(other)).not.toContain(basename(layout.layer));
    expectWholeBlobs(other);
  });

  it('says of a missing layer that the layout it was to come from is damaged', async () => {
    const layout = await put();
    rmSync(layout.layer);
    await expect(
      layoutStore(temporaryFolder()).put(bookstore, await layout.get(), ctx),
    ).rejects.toMatchObject({
      code: 'CATA_LAYOUT_INVALID',
      message: expect.stringContaining(layout.folder),
    });
  });

  it.each([
    ['no JSON', '{"manifests": ['],
    ['another JSON', '{"schemaVersion": 2}'],
    ['no object', 'null'],
    ['empty', ''],
  ])('says so when index.json is %s, and does not write over it', async (_, text) => {
    const { folder, get } = await put();
    writeFileSync(join(folder, 'index.json'), text);
    const invalid = { code: 'CATA_LAYOUT_INVALID', message: expect.stringContaining(folder) };
    await expect(get()).rejects.toMatchObject(invalid);
    await expect(layoutStore(folder).put(bookstore, await imageOf(), ctx)).rejects.toMatchObject(invalid);
    expect(readFileSync(join(folder, 'index.json'), 'utf8')).toBe(text);
  });

  it('says so when index.json is no file', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'index.json'));
    await expect(layoutStore(folder).get(bookstore, ctx)).rejects.toMatchObject({
      code: 'CATA_LAYOUT_INVALID',
    });
  });

  it.each(['', 'nowhere/at/all'])(
    'says that there is none in a folder without index.json (%j)',
    async (below) => {
      const folder = join(temporaryFolder(), below);
      await expect(layoutStore(folder).get(bookstore, ctx)).rejects.toMatchObject({
        code: 'CATA_LAYOUT_MISSING',
        message: `There is no OCI image layout in "${folder}".`,
      });
    },
  );
});

/** What is stored beside a part that failed is whole, and of the failed one nothing is left. */
function expectWholeBlobs(folder: string): void {
  for (const name of blobNames(folder)) {
    expect(digestHex(digestOf(readFileSync(join(folder, 'blobs/sha256', name))))).toBe(name);
  }
}

describe('a put that fails', () => {
  /** An image whose only layer does `then` after its first bytes. */
  async function imageWith(then: () => void): Promise<Image> {
    const whole = await layerOf(file('b', 'never'));
    const open = async function* () {
      yield Buffer.from('the beginning');
      then();
      yield Buffer.from('the rest');
    };
    const layer = blobLayer({ descriptor: await whole.descriptor(), diffId: await whole.diffId(), open });
    return imageOf(amd64, layer);
  }

  it('leaves index.json as it was when it is stopped halfway, and no half blob', async () => {
    const folder = temporaryFolder();
    await layoutStore(folder).put(bookstore, await indexOf('before'), ctx);
    const [before, blobs] = [readFileSync(join(folder, 'index.json')), blobNames(folder)];
    const controller = new AbortController();
    const image = await imageWith(() => controller.abort(new Error('stopped')));
    const put = layoutStore(folder).put(bookstore, image, createContext({ signal: controller.signal }));
    await expect(put).rejects.toThrow('stopped');
    expect(readFileSync(join(folder, 'index.json'))).toEqual(before);
    expect(blobNames(folder)).toEqual(expect.arrayContaining(blobs));
    expectWholeBlobs(folder);
    expect(readdirSync(folder).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
  });

  it('gives no name to an image when it was to stop before', async () => {
    const folder = temporaryFolder();
    const put = layoutStore(folder).put(
      bookstore,
      await imageOf(),
      createContext({ signal: AbortSignal.abort() }),
    );
    await expect(put).rejects.toThrow();
    await expect(layoutStore(folder).get(bookstore, ctx)).rejects.toMatchObject({
      code: 'CATA_LAYOUT_MISSING',
    });
  });

  it('gives no name when it was to stop before, though all parts are there', async () => {
    const store = layoutStore(temporaryFolder());
    await store.put(bookstore, await imageOf(), ctx);
    const tagged = parseReference('bookstore:1.2.0');
    const stopped = createContext({ signal: AbortSignal.abort(new Error('stopped')) });
    await expect(store.put(tagged, await imageOf(), stopped)).rejects.toThrow('stopped');
    await expect(store.get(tagged, ctx)).rejects.toMatchObject({ code: 'CATA_IMAGE_NOT_FOUND' });
  });

  it('says that the folder cannot be written when it cannot', async () => {
    const folder = join(temporaryFolder(), 'file');
    writeFileSync(folder, '');
    chmodSync(folder, 0o400);
    await expect(layoutStore(folder).put(bookstore, await imageOf(), ctx)).rejects.toMatchObject({
      code: 'CATA_LAYOUT_NOT_WRITABLE',
      message: expect.stringContaining(folder),
    });
  });
});

describe.skipIf(!hasTools('skopeo', 'umoci'))('other programs', () => {
  it('skopeo reads index, image and configuration, by name and by name and tag', async () => {
    const folder = temporaryFolder();
    const index = await indexOf('both');
    await layoutStore(folder).put(bookstore, index, ctx);
    await layoutStore(folder).put(parseReference('bookstore:1.2.0'), await index.image(arm64), ctx);
    const raw = runTool('skopeo', ['inspect', '--raw', `oci:${folder}:bookstore`]);
    expect(raw).toEqual(Buffer.from((await index.manifest()).bytes));

    const inspect = (...args: string[]) => JSON.parse(runTool('skopeo', ['inspect', ...args]).toString());
    const source = `oci:${folder}:bookstore`;
    expect(inspect('--override-arch', 'amd64', source)).toMatchObject({ Architecture: 'amd64', Os: 'linux' });
    expect(inspect('--config', `${source}:1.2.0`)).toMatchObject({
      architecture: 'arm64',
      config: { Cmd: ['/a'] },
      rootfs: { type: 'layers' },
    });
  });

  it('skopeo copies all of it, checking every digest', async () => {
    const folder = temporaryFolder();
    const copy = temporaryFolder();
    const index = await indexOf('both');
    await layoutStore(folder).put(bookstore, index, ctx);
    const policy = ['--insecure-policy', 'copy', '--all', '--quiet'];
    runTool('skopeo', [...policy, `oci:${folder}:bookstore`, `oci:${copy}:bookstore`]);
    expect(blobNames(copy)).toEqual(blobNames(folder));
    const found = (await layoutStore(copy).get(bookstore, ctx)) as ImageIndex;
    const [layer] = await (await found.image(arm64)).layers();
    expect(await layer?.diffId()).toBe((await (await index.image(arm64)).config()).value.rootfs.diff_ids[0]);
  });

  it('umoci unpacks the layers', async () => {
    const folder = temporaryFolder();
    const bundle = join(temporaryFolder(), 'bundle');
    const long = 'n'.repeat(120);
    const first = await layerOf(directory('bin'), file('bin/old', ''), file(`bin/${long}`, 'é', 0o755));
    const second = await layerOf(file('bin/.wh.old', ''), symlink('größe', `bin/${long}`));
    await layoutStore(folder).put(bookstore, await imageOf(amd64, first, second), ctx);
    runTool('umoci', ['unpack', '--rootless', '--image', `${folder}:bookstore`, bundle]);
    expect(readdirSync(join(bundle, 'rootfs/bin'))).toEqual([long]);
    expect(readFileSync(join(bundle, 'rootfs/größe'), 'utf8')).toBe('é');
  });
});
