import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { createIndex } from '../image/create-index.ts';
import type { Image, ImageIndex } from '../image/image.ts';
import { blobLayer } from '../layer/blob-layer.ts';
import { collectBytes, streamOf } from '../layer/byte-stream.ts';
import { layoutStore } from '../layout/layout-store.ts';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { parseReference } from '../model/reference.ts';
import { file, type TarEntry } from '../tar/tar-entry.ts';
import { layerOf, memoryLayer, tarOf } from '../testing/memory-layer.ts';
import { amd64, arm64, imageOf, indexOf } from '../testing/small-index.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools, runTool } from '../testing/tools.ts';
import { ociArchiveStore } from './oci-archive-store.ts';

const ctx = createContext();
const bookstore = parseReference('bookstore');
const tagged = parseReference('bookstore:1.2.0');

const archivePath = () => join(temporaryFolder(), 'images.tar');

describe('ociArchiveStore', () => {
  it('gives back an index with the image of every platform, to the byte', async () => {
    const store = ociArchiveStore(archivePath());
    const index = await indexOf('both');
    const { digest } = await store.put(tagged, index, ctx);
    for (const reference of [tagged, parseReference(`x@${digest}`)]) {
      const found = (await store.get(reference, ctx)) as ImageIndex;
      expect(Buffer.from((await found.manifest()).bytes)).toEqual(
        Buffer.from((await index.manifest()).bytes),
      );
      const image = await found.image(arm64);
      expect((await image.config()).value.architecture).toBe('arm64');
      const [, cpu] = await image.layers();
      const [, original] = await (await index.image(arm64)).layers();
      expect(cpu && (await collectBytes(cpu.compressed()))).toEqual(
        original && (await collectBytes(original.compressed())),
      );
    }
  });

  it('says what there is when a name is not', async () => {
    const path = archivePath();
    await ociArchiveStore(path).put(tagged, await imageOf(), ctx);
    await expect(ociArchiveStore(path).get(bookstore, ctx)).rejects.toMatchObject({
      code: 'CATA_IMAGE_NOT_FOUND',
      message: `There is no image "bookstore" in "${path}".`,
      hint: expect.stringContaining('It holds: bookstore:1.2.0.'),
    });
  });

  it('keeps nothing of an archive that it replaces', async () => {
    const path = archivePath();
    const store = ociArchiveStore(path);
    await store.put(tagged, await indexOf('a'.repeat(10_000)), ctx);
    await store.put(bookstore, await imageOf(), ctx);
    await expect(store.get(tagged, ctx)).rejects.toMatchObject({ code: 'CATA_IMAGE_NOT_FOUND' });
    const other = archivePath();
    await ociArchiveStore(other).put(bookstore, await imageOf(), ctx);
    expect(readFileSync(path)).toEqual(readFileSync(other));
  });

  it('copies an image from an archive into the same file', async () => {
    const store = ociArchiveStore(archivePath());
    const { digest } = await store.put(tagged, await indexOf('both'), ctx);
    await store.put(bookstore, await store.get(tagged, ctx), ctx);
    expect(digestOf((await (await store.get(bookstore, ctx)).manifest()).bytes)).toBe(digest);
  });

  it('is the same, byte by byte, for the same image', async () => {
    const path = archivePath();
    const tar = tarOf(file('a', 'content'));
    const image = await imageOf(amd64, memoryLayer(tar, tar, mediaTypes.layerTar));
    await ociArchiveStore(path).put(tagged, await createIndex([{ platform: amd64, image }]), ctx);
    const bytes = readFileSync(path);
    expect(bytes.byteLength % 512).toBe(0);
    expect(digestOf(bytes)).toBe('sha256:260b97b5f3325adff8c62ab75c1151627246b82ff29c98cf8cd05c8204795919');
  });

  it('writes through a link to the file that it leads to', async () => {
    const path = archivePath();
    writeFileSync(path, 'before');
    const link = join(temporaryFolder(), 'link.tar');
    symlinkSync(path, link);
    await ociArchiveStore(link).put(bookstore, await imageOf(), ctx);
    await expect(ociArchiveStore(path).get(bookstore, ctx)).resolves.toBeDefined();
  });
});

describe('a put that fails', () => {
  const failing = async (open: () => AsyncIterable<Uint8Array>): Promise<Image> => {
    const whole = await layerOf(file('b', 'never'));
    return imageOf(
      amd64,
      blobLayer({ descriptor: await whole.descriptor(), diffId: await whole.diffId(), open }),
    );
  };

  it('leaves the archive as it was, and nothing beside it, when it is stopped halfway', async () => {
    const path = archivePath();
    await ociArchiveStore(path).put(bookstore, await imageOf(), ctx);
    const before = readFileSync(path);
    const controller = new AbortController();
    const image = await failing(async function* () {
      yield Buffer.from('the beginning');
      controller.abort(new Error('stopped'));
      yield Buffer.from('the rest');
    });
    const stopping = createContext({ signal: controller.signal });
    await expect(ociArchiveStore(path).put(tagged, image, stopping)).rejects.toThrow('stopped');
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(join(path, '..'))).toEqual(['images.tar']);
  });

  it.each([
    ['CATA_SIZE_MISMATCH', 'too short'],
    ['CATA_SIZE_MISMATCH', 'too long'.repeat(100)],
    ['CATA_DIGEST_MISMATCH', ''],
  ])('writes nothing whose content is not what it says: %s', async (code, text) => {
    const path = archivePath();
    const size = (await (await layerOf(file('b', 'never'))).descriptor()).size;
    const image = await failing(() => streamOf(text ? Buffer.from(text) : Buffer.alloc(size)));
    await expect(ociArchiveStore(path).put(bookstore, image, ctx)).rejects.toMatchObject({ code });
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('says that the archive cannot be written, and replaces nothing that is no file', async () => {
    const folder = temporaryFolder();
    for (const path of [join(folder, 'none/a.tar'), folder, '/dev/null']) {
      await expect(ociArchiveStore(path).put(bookstore, await imageOf(), ctx)).rejects.toMatchObject({
        code: 'CATA_ARCHIVE_NOT_WRITABLE',
        message: expect.stringContaining(`"${path}"`),
      });
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('an archive that is damaged', () => {
  const write = (...entries: readonly TarEntry[]) => {
    const path = archivePath();
    writeFileSync(path, tarOf(...entries));
    return ociArchiveStore(path).get(bookstore, ctx);
  };
  const named = (fields: object) =>
    file(
      'index.json',
      JSON.stringify({
        manifests: [{ ...fields, annotations: { 'org.opencontainers.image.ref.name': 'bookstore' } }],
      }),
    );
  const descriptor = { mediaType: mediaTypes.manifest, digest: digestOf('{}'), size: 2 };

  it('is refused for an index.json that is none', async () => {
    const wrong = [
      file('index.json', 'null'),
      file('index.json', '{}'),
      named({ digest: '../../etc/passwd' }),
    ];
    for (const entry of [file('a', ''), ...wrong, named({ ...descriptor, size: '2' })]) {
      await expect(write(entry)).rejects.toMatchObject({ code: 'CATA_ARCHIVE_INVALID' });
    }
  });

  it('says which blob is missing', async () => {
    const image = await write(named(descriptor));
    await expect(image.manifest()).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_INVALID',
      message: expect.stringContaining(`there is no file "blobs/sha256/${descriptor.digest.slice(7)}"`),
    });
  });

  it.each([
    ['CATA_DIGEST_MISMATCH', '[]'],
    ['CATA_SIZE_MISMATCH', '{ }'],
  ])('gives no blob that is another one: %s', async (code, text) => {
    const image = await write(named(descriptor), file(`blobs/sha256/${descriptor.digest.slice(7)}`, text));
    await expect(image.manifest()).rejects.toMatchObject({ code });
  });
});

describe.skipIf(!hasTools('skopeo'))('skopeo', () => {
  const copy = (...args: string[]) => runTool('skopeo', ['--insecure-policy', 'copy', '--quiet', ...args]);

  it('reads and copies an archive of ours with all its platforms', async () => {
    const path = archivePath();
    const folder = temporaryFolder();
    const index = await indexOf('both');
    await ociArchiveStore(path).put(tagged, index, ctx);
    const raw = runTool('skopeo', ['inspect', '--raw', `oci-archive:${path}:bookstore:1.2.0`]);
    expect(raw).toEqual(Buffer.from((await index.manifest()).bytes));
    copy('--all', `oci-archive:${path}:bookstore:1.2.0`, `oci:${folder}:bookstore`);
    const found = await layoutStore(folder).get(bookstore, ctx);
    expect((await found.manifest()).bytes).toHaveLength((await index.manifest()).bytes.byteLength);
  });

  it('writes archives that are read', async () => {
    const folder = temporaryFolder();
    const path = archivePath();
    await layoutStore(folder).put(bookstore, await indexOf('both'), ctx);
    copy('--all', `oci:${folder}:bookstore`, `oci-archive:${path}:bookstore:1.2.0`);
    const found = (await ociArchiveStore(path).get(tagged, ctx)) as ImageIndex;
    const [layer] = await (await found.image(amd64)).layers();
    const tar = layer && (await collectBytes(layer.uncompressed()));
    expect(tar && Buffer.from(tar)).toEqual(tarOf(file('shared', 'both')));
  });
});
