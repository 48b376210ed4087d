import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { createImage } from '../image/create-image.ts';
import { createIndex } from '../image/create-index.ts';
import { type Image, isImageIndex } from '../image/image.ts';
import { blobLayer } from '../layer/blob-layer.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import type { Layer } from '../layer/layer.ts';
import { layoutStore } from '../layout/layout-store.ts';
import { digestHex, digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { platforms } from '../model/platform.ts';
import { rawFromValue } from '../model/raw.ts';
import { parseReference } from '../model/reference.ts';
import { file, symlink, type TarEntry } from '../tar/tar-entry.ts';
import { layerOf, memoryLayer, tarOf } from '../testing/memory-layer.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools, runTool } from '../testing/tools.ts';
import { dockerArchiveStore } from './docker-archive-store.ts';

const ctx = createContext();
const [amd64, arm64] = platforms as [(typeof platforms)[number], (typeof platforms)[number]];
const bookstore = parseReference('bookstore');
const one = tarOf(file('one', '1'));
const two = tarOf(file('two', '2'.repeat(5000)));

function imageOf(platform = amd64, ...layers: readonly Layer[]): Promise<Image> {
  const parts = layers.map((layer) => ({ layer, createdBy: 'test' }));
  return createImage({ platform, parts, execution: { Cmd: ['/a'] }, created: '1970-01-01T00:00:00Z' });
}

async function twoLayers(platform = amd64): Promise<Image> {
  return imageOf(
    platform,
    await layerOf(file('one', '1')),
    memoryLayer(zstdCompressSync(two), two, mediaTypes.layerZstd),
  );
}

const archivePath = () => join(temporaryFolder(), 'image.tar');

async function getImage(path: string, name = 'bookstore'): Promise<Image> {
  const found = await dockerArchiveStore(path).get(parseReference(name), ctx);
  if (isImageIndex(found)) throw new Error('an index');
  return found;
}

/** What is in the layers, uncompressed. */
async function contents(image: Image): Promise<Buffer[]> {
  const layers = await image.layers();
  return Promise.all(layers.map(async (layer) => Buffer.from(await collectBytes(layer.uncompressed()))));
}

describe('dockerArchiveStore', () => {
  it('gives back the configuration to the byte and the layers as plain tars', async () => {
    const path = archivePath();
    const image = await twoLayers();
    const descriptor = await dockerArchiveStore(path).put(bookstore, image, ctx);
    const found = await getImage(path);
    expect(Buffer.from((await found.config()).bytes)).toEqual(Buffer.from((await image.config()).bytes));
    expect(await contents(found)).toEqual([one, two]);
    const manifest = await found.manifest();
    expect(digestOf(manifest.bytes)).toBe(descriptor.digest);
    expect(manifest.value.layers).toEqual([
      { mediaType: mediaTypes.layerTar, digest: digestOf(one), size: one.byteLength },
      { mediaType: mediaTypes.layerTar, digest: digestOf(two), size: two.byteLength },
    ]);
  });

  it('is found by the names that Docker takes for the same, by its ID and by its digest', async () => {
    const path = archivePath();
    const image = await twoLayers();
    const { digest } = await dockerArchiveStore(path).put(bookstore, image, ctx);
    const id = digestOf((await image.config()).bytes);
    const same = ['bookstore:latest', 'docker.io/library/bookstore', 'library/bookstore:latest'];
    for (const name of [...same, `x@${id}`, `x@${digest}`]) {
      expect(digestOf((await (await getImage(path, name)).config()).bytes)).toBe(id);
    }
    for (const name of ['bookstore:1', 'registry.example.com/bookstore', `bookstore@${digestOf('')}`]) {
      await expect(getImage(path, name)).rejects.toMatchObject({
        code: 'CATA_IMAGE_NOT_FOUND',
        message: expect.stringContaining(`in "${path}"`),
        hint: expect.stringContaining('It holds: bookstore:latest.'),
      });
    }
  });

  it('keeps the registry in the name, and one layer once', async () => {
    const path = archivePath();
    const layer = await layerOf(file('one', '1'));
    const reference = parseReference('registry.example.com:5000/shop/bookstore:1.2');
    await dockerArchiveStore(path).put(reference, await imageOf(amd64, layer, layer), ctx);
    expect(await contents(await getImage(path, 'registry.example.com:5000/shop/bookstore:1.2'))).toEqual([
      one,
      one,
    ]);
    expect(readFileSync(path).byteLength).toBeLessThan(3 * (512 + one.byteLength) + 2048);
  });

  it('takes an index with one image, whatever accompanies it, and refuses one with several', async () => {
    const path = archivePath();
    const single = await createIndex([{ platform: arm64, image: await twoLayers(arm64) }]);
    const manifest = rawFromValue({
      ...(await single.manifest()).value,
      manifests: [
        ...(await single.manifest()).value.manifests,
        {
          mediaType: mediaTypes.manifest,
          digest: digestOf('attestation'),
          size: 11,
          platform: { os: 'unknown', architecture: 'unknown' },
          annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
        },
      ],
    });
    await dockerArchiveStore(path).put(bookstore, { ...single, manifest: async () => manifest }, ctx);
    expect((await (await getImage(path)).config()).value.architecture).toBe('arm64');

    const before = readFileSync(path);
    const several = await createIndex([
      { platform: amd64, image: await twoLayers() },
      { platform: arm64, image: await twoLayers(arm64) },
    ]);
    await expect(dockerArchiveStore(path).put(bookstore, several, ctx)).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_ONE_PLATFORM',
      message: expect.stringContaining('"bookstore" has 2 images: linux/amd64, linux/arm64'),
      hint: expect.stringContaining('--platform'),
    });
    expect(readFileSync(path)).toEqual(before);
  });

  it('is the same, byte by byte, for the same image, however its layers are compressed', async () => {
    const [path, other] = [archivePath(), archivePath()];
    await dockerArchiveStore(path).put(bookstore, await twoLayers(), ctx);
    const plain = await imageOf(
      amd64,
      memoryLayer(one, one, mediaTypes.layerTar),
      memoryLayer(gzipSync(two), two),
    );
    await dockerArchiveStore(other).put(bookstore, plain, ctx);
    expect(readFileSync(other)).toEqual(readFileSync(path));
    expect(digestOf(readFileSync(path))).toBe(
      'sha256:a6cabee25e66f54ae65d1680c16088c9fcc05cd86b6c151eb8853b7eb5c3005f',
    );
  });
});

describe('a put that fails', () => {
  it('leaves the archive as it was, and nothing beside it, when it is stopped halfway', async () => {
    const path = archivePath();
    await dockerArchiveStore(path).put(bookstore, await twoLayers(), ctx);
    const before = readFileSync(path);
    const controller = new AbortController();
    const open = async function* () {
      yield two.subarray(0, 600);
      controller.abort(new Error('stopped'));
      yield two.subarray(600);
    };
    const descriptor = { mediaType: mediaTypes.layerTar, digest: digestOf(two), size: two.byteLength };
    const image = await imageOf(amd64, blobLayer({ descriptor, diffId: digestOf(two), open }));
    const stopping = createContext({ signal: controller.signal });
    await expect(dockerArchiveStore(path).put(bookstore, image, stopping)).rejects.toThrow('stopped');
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(join(path, '..'))).toEqual(['image.tar']);
  });

  it('writes no layer that is not what the configuration names', async () => {
    const path = archivePath();
    const image = await imageOf(amd64, memoryLayer(gzipSync(one), two));
    await expect(dockerArchiveStore(path).put(bookstore, image, ctx)).rejects.toMatchObject({
      code: 'CATA_DIGEST_MISMATCH',
      message: expect.stringContaining(digestOf(two)),
    });
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('writes no image whose layers and configuration disagree', async () => {
    const image = { ...(await twoLayers()), layers: async () => [] };
    await expect(dockerArchiveStore(archivePath()).put(bookstore, image, ctx)).rejects.toMatchObject({
      code: 'CATA_MANIFEST_INVALID',
      message: expect.stringContaining('it has 0 layers, and its configuration names 2'),
    });
  });
});

/** The parts of an archive as others write them. */
async function parts() {
  const config = Buffer.from((await (await twoLayers()).config()).bytes);
  const configPath = `${digestHex(digestOf(config))}.json`;
  const saved = { Config: configPath, RepoTags: ['bookstore:latest'], Layers: ['one.tar', 'two.tar'] };
  return { config, configPath, saved };
}

function write(saved: unknown, ...entries: readonly TarEntry[]): string {
  const path = archivePath();
  writeFileSync(path, tarOf(file('manifest.json', JSON.stringify(saved)), ...entries));
  return path;
}

describe('archives of other tools', () => {
  it('may have layers in folders, and links to them', async () => {
    const { config, configPath, saved } = await parts();
    const path = write(
      [{ ...saved, Layers: ['1/layer.tar', '2/layer.tar'] }],
      file(configPath, config),
      file('0/layer.tar', one),
      symlink('1/layer.tar', '../0/layer.tar'),
      file('2/layer.tar', two),
    );
    expect(await contents(await getImage(path))).toEqual([one, two]);
  });

  it('may be layouts, too, with compressed layers, whose digests are then those of the blobs', async () => {
    const { config, saved } = await parts();
    const [gzip, zstd] = [gzipSync(one), zstdCompressSync(two)];
    const blob = (bytes: Uint8Array) => file(`blobs/sha256/${digestHex(digestOf(bytes))}`, bytes);
    const path = write(
      [{ ...saved, Config: blob(config).path, Layers: [blob(gzip).path, blob(zstd).path] }],
      blob(config),
      blob(gzip),
      blob(zstd),
    );
    const image = await getImage(path);
    expect((await image.manifest()).value.layers).toEqual([
      { mediaType: mediaTypes.layerGzip, digest: digestOf(gzip), size: gzip.byteLength },
      { mediaType: mediaTypes.layerZstd, digest: digestOf(zstd), size: zstd.byteLength },
    ]);
    expect(await contents(image)).toEqual([one, two]);
  });

  it('may have the names of its fields in another case, as containerify writes them', async () => {
    const { config, configPath, saved } = await parts();
    const entries = [file(configPath, config), file('one.tar', one), file('two.tar', two)];
    const lower = Object.entries(saved).map(([key, value]) => [key.toLowerCase(), value]);
    expect(await contents(await getImage(write([Object.fromEntries(lower)], ...entries)))).toEqual([
      one,
      two,
    ]);
  });

  it('may have images without a name, and several', async () => {
    const { config, configPath, saved } = await parts();
    const entries = [file(configPath, config), file('one.tar', one), file('two.tar', two)];
    const path = write(
      [
        { ...saved, RepoTags: null },
        { ...saved, RepoTags: ['a:1', 'b:2'] },
      ],
      ...entries,
    );
    expect(await contents(await getImage(path, 'b:2'))).toEqual([one, two]);
    expect(await contents(await getImage(path, `x@${digestOf(config)}`))).toEqual([one, two]);
    await expect(getImage(path)).rejects.toMatchObject({
      hint: expect.stringContaining(`It holds: ${digestOf(config)}, a:1, b:2.`),
    });
  });
});

describe('an archive that lies', () => {
  it.each([
    ['is no list', {}, 'manifest.json is no list'],
    ['has another entry', ['x'], 'manifest.json[0] is no object'],
    ['has no Config', [{ Layers: [] }], 'Config is no text'],
    ['has other Layers', [{ Config: 'c', Layers: [1] }], 'Layers is no list of texts'],
    ['has other RepoTags', [{ Config: 'c', RepoTags: 'bookstore' }], 'RepoTags is no list of texts'],
    ['names a file outside', [{ Config: '/etc/passwd', RepoTags: ['bookstore'] }], 'no file "/etc/passwd"'],
  ])('is refused when manifest.json %s', async (_, saved, reason) => {
    await expect(getImage(write(saved))).rejects.toMatchObject({
      code: 'CATA_ARCHIVE_INVALID',
      message: expect.stringContaining(reason),
    });
  });

  it('is refused without manifest.json', async () => {
    const path = archivePath();
    writeFileSync(path, tarOf(file('index.json', '{}')));
    await expect(getImage(path)).rejects.toMatchObject({
      message: expect.stringContaining('there is no file "manifest.json" in it'),
      hint: expect.stringContaining('OCI or Docker'),
    });
  });

  it('is refused when the configuration is another one, or none', async () => {
    const { saved, configPath } = await parts();
    const another = write([saved], file(configPath, '{}'));
    await expect(getImage(another)).rejects.toMatchObject({ code: 'CATA_DIGEST_MISMATCH' });
    const none = write([{ ...saved, Config: 'one.tar' }], file('one.tar', one));
    await expect(getImage(none)).rejects.toThrow('"one.tar" is no JSON');
  });

  it.each([1, 3])('is refused when it names %d layers for two', async (count) => {
    const { saved, config, configPath } = await parts();
    const entries = [file(configPath, config), file('one.tar', one), file('two.tar', two)];
    const path = write([{ ...saved, Layers: ['one.tar', 'two.tar', 'one.tar'].slice(0, count) }], ...entries);
    await expect(getImage(path)).rejects.toThrow(`names ${count} layers, and the configuration 2`);
  });

  it('gives no layer that is another one, plain or compressed', async () => {
    const { saved, config, configPath } = await parts();
    const plain = write([saved], file(configPath, config), file('one.tar', two), file('two.tar', two));
    await expect(contents(await getImage(plain))).rejects.toMatchObject({ code: 'CATA_DIGEST_MISMATCH' });
    for (const [bytes, code] of [
      [gzipSync(two), 'CATA_DIGEST_MISMATCH'],
      [gzipSync(one).subarray(0, 40), 'CATA_LAYER_UNREADABLE'],
      [Buffer.concat([Buffer.from('fd377a585a00', 'hex'), one]), 'CATA_ARCHIVE_INVALID'],
    ] as const) {
      const path = write([saved], file(configPath, config), file('one.tar', bytes), file('two.tar', two));
      await expect(getImage(path)).rejects.toMatchObject({ code });
    }
  });
});

describe.skipIf(!hasTools('skopeo'))('skopeo', () => {
  it('reads, and checks, an archive of ours', async () => {
    const path = archivePath();
    const folder = temporaryFolder();
    await dockerArchiveStore(path).put(parseReference('bookstore:1.2'), await twoLayers(), ctx);
    const source = `docker-archive:${path}:bookstore:1.2`;
    expect(JSON.parse(runTool('skopeo', ['inspect', source]).toString())).toMatchObject({
      Architecture: 'amd64',
      Layers: [digestOf(one), digestOf(two)],
    });
    expect(JSON.parse(runTool('skopeo', ['inspect', `docker-archive:${path}`]).toString())).toMatchObject({
      Os: 'linux',
    });
    runTool('skopeo', ['--insecure-policy', 'copy', '--quiet', source, `oci:${folder}:bookstore`]);
    expect(await contents((await layoutStore(folder).get(bookstore, ctx)) as Image)).toEqual([one, two]);
  });

  it('writes archives that are read', async () => {
    const [folder, path] = [temporaryFolder(), archivePath()];
    const image = await imageOf(amd64, await layerOf(file('one', '1')), memoryLayer(gzipSync(two), two));
    await layoutStore(folder).put(bookstore, image, ctx);
    const target = `docker-archive:${path}:bookstore:1.2`;
    runTool('skopeo', ['--insecure-policy', 'copy', '--quiet', `oci:${folder}:bookstore`, target]);
    const found = await getImage(path, 'bookstore:1.2');
    expect(await contents(found)).toEqual([one, two]);
    expect((await found.config()).value.config?.Cmd).toEqual(['/a']);
  });
});

describe.skipIf(!dockerAnswers())('Docker', () => {
  it('loads an archive of ours, and what it saves is read', async () => {
    const [path, back] = [archivePath(), archivePath()];
    const name = `catamaran-test-${process.pid}:1`;
    const image = await twoLayers();
    await dockerArchiveStore(path).put(parseReference(name), image, ctx);
    runTool('docker', ['load', '--quiet', '--input', path]);
    try {
      runTool('docker', ['save', '--output', back, name]);
    } finally {
      runTool('docker', ['rmi', name]);
    }
    expect(await contents(await getImage(back, name))).toEqual([one, two]);
  });
});

function dockerAnswers(): boolean {
  try {
    return runTool('docker', ['version', '--format', '{{.Server.Version}}']).byteLength > 0;
  } catch {
    return false;
  }
}
