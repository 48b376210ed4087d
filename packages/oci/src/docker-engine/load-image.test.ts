import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { createContext } from '../context/context.ts';
import { createImage } from '../image/create-image.ts';
import type { Image } from '../image/image.ts';
import { blobLayer } from '../layer/blob-layer.ts';
import { streamOf } from '../layer/byte-stream.ts';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { hostPlatform, type Platform, platforms } from '../model/platform.ts';
import { parseReference, type Reference } from '../model/reference.ts';
import { file } from '../tar/tar-entry.ts';
import { endOfTar, writeTarEntries } from '../tar/write-tar.ts';
import { startedDockerEngine } from '../testing/docker-engine/started-docker-engine.ts';
import { greeting, helloIndex } from '../testing/hello-index.ts';
import { layerOf } from '../testing/memory-layer.ts';
import { startedPodmanService } from '../testing/podman-service.ts';
import { rejection } from '../testing/rejection.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools, runTool } from '../testing/tools.ts';
import { findEngine } from './find-engine.ts';
import { loadImage } from './load-image.ts';
import { scriptedEngine } from './testing/scripted-engine.ts';

const ctx = createContext();
const platform = hostPlatform() ?? (platforms[0] as Platform);
const engineAt = (host = '') =>
  findEngine({ variables: { DOCKER_HOST: host }, homeFolder: '/dev/null' }, ctx);
const names: [Reference, Reference] = [
  parseReference('hello:1'),
  parseReference('team.example.com/hello:latest'),
];

async function helloImage(): Promise<Image> {
  return (await helloIndex()).image(platform);
}

/** The same image with one more layer. */
async function changedImage(image: Image): Promise<Image> {
  const { value } = await image.config();
  const parts = [...(await image.layers()), await layerOf(file('etc/changed', 'yes'))].map((layer) => ({
    layer,
    createdBy: 'test',
  }));
  return createImage({ platform, parts, execution: value.config ?? {}, created: '2001-02-03T04:05:06Z' });
}

const imageIdOf = async (image: Image) => digestOf((await image.config()).bytes);

describe('Docker', () => {
  it('runs what is loaded, under each of its names; what it has is not sent again', async ({ skip }) => {
    const docker = await startedDockerEngine(temporaryFolder());
    if (typeof docker === 'string') return skip(docker);
    await using engine = await engineAt(docker.env.DOCKER_HOST);
    expect(engine).toMatchObject({ kind: 'docker', platform });
    expect(engine.name).toMatch(/^Docker \d+\.\d+/);
    const image = await helloImage();
    const run = (name: string) => docker.docker('run', '--rm', '--network', 'none', name);

    const first = await loadImage(engine, image, names, ctx);
    expect(first.presentLayers).toBe(0);
    for (const name of ['hello:1', 'team.example.com/hello']) {
      expect(await run(name)).toBe(greeting);
      const id = await docker.docker('image', 'inspect', '--format', '{{.Id}}', name);
      expect(id.trim()).toBe(await imageIdOf(image));
    }

    const changed = await changedImage(image);
    const second = await loadImage(engine, changed, names, ctx);
    expect(second.presentLayers).toBe((await image.layers()).length);
    expect(await run('hello:1')).toBe(greeting);
    expect((await docker.docker('image', 'inspect', '--format', '{{.Id}}', 'hello:1')).trim()).toBe(
      await imageIdOf(changed),
    );
  }, 60_000);
});

describe('Podman', () => {
  it('runs what is loaded', async ({ skip }) => {
    const podman = await startedPodmanService(temporaryFolder());
    if (typeof podman === 'string') return skip(podman);
    await using engine = await engineAt(podman.host);
    expect(engine).toMatchObject({ kind: 'podman', platform });
    const image = await helloImage();
    await loadImage(engine, image, names, ctx);
    const id = await podman.run('image', 'inspect', '--format', '{{.Id}}', 'hello:1');
    expect(`sha256:${id.trim()}`).toBe(await imageIdOf(image));
    const output = await podman.output('hello:1');
    if (output === undefined) return skip('Podman may run no containers here.');
    expect(output).toBe(greeting);
  }, 60_000);
});

describe('an engine with containerd’s image store', () => {
  const info = { DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']] };

  it.skipIf(!hasTools('skopeo'))('gets the index with all of its platforms, as an OCI archive', async () => {
    const scripted = await scriptedEngine({ info });
    await using engine = await engineAt(scripted.host);
    expect(engine.kind).toBe('containerd');
    const index = await helloIndex();
    await loadImage(engine, index, names, ctx);
    const path = join(temporaryFolder(), 'sent.tar');
    writeFileSync(path, scripted.archives[0] ?? '');
    const layout = JSON.parse(runTool('tar', ['-xOf', path, 'index.json']).toString()) as {
      manifests: { digest: string; annotations: Record<string, string> }[];
    };
    const digest = digestOf((await index.manifest()).bytes);
    expect(
      layout.manifests.map((entry) => [entry.digest, entry.annotations['io.containerd.image.name']]),
    ).toEqual([
      [digest, 'docker.io/library/hello:1'],
      [digest, 'team.example.com/hello:latest'],
    ]);
    const copied = `oci:${join(temporaryFolder(), 'layout')}`;
    runTool('skopeo', ['--insecure-policy', 'copy', '--all', `oci-archive:${path}:1`, copied]);
    expect(digestOf(runTool('skopeo', ['inspect', '--raw', copied]))).toBe(digest);
  });
});

describe('what an engine is sent', () => {
  it('is a plain layer, where not every engine knows how it is compressed', async () => {
    const scripted = await scriptedEngine();
    await using engine = await engineAt(scripted.host);
    const tar = Buffer.concat([...writeTarEntries([file('etc/harbour', 'Kiel')], 0), endOfTar]);
    const bytes = zstdCompressSync(tar);
    const layer = blobLayer({
      descriptor: { mediaType: mediaTypes.layerZstd, digest: digestOf(bytes), size: bytes.byteLength },
      diffId: digestOf(tar),
      open: () => streamOf(bytes),
    });
    const options = { platform, execution: {}, created: '2001-02-03T04:05:06Z' };
    const image = await createImage({ ...options, parts: [{ layer, createdBy: 'test' }] });
    await loadImage(engine, image, names, ctx);
    const path = join(temporaryFolder(), 'sent.tar');
    writeFileSync(path, scripted.archives[0] ?? '');
    const [saved] = JSON.parse(runTool('tar', ['-xOf', path, 'manifest.json']).toString());
    expect(saved.RepoTags).toEqual(['hello:1', 'team.example.com/hello:latest']);
    expect(digestOf(runTool('tar', ['-xOf', path, saved.Layers[0]]))).toBe(digestOf(tar));
    expect(digestOf(runTool('tar', ['-xOf', path, saved.Config]))).toBe(await imageIdOf(image));
  });

  it('ends when it is told to stop', async () => {
    const scripted = await scriptedEngine({ loads: ['never'] });
    await using engine = await engineAt(scripted.host);
    const stop = new AbortController();
    const loading = loadImage(engine, await helloImage(), names, createContext({ signal: stop.signal }));
    await vi.waitFor(() => expect(scripted.archives).toHaveLength(1));
    stop.abort(new Error('told to'));
    await expect(loading).rejects.toThrow('told to');
  });
});

describe('an engine that refuses', () => {
  it.each([
    { status: 200, text: '{"errorDetail":{"message":"no space left"},"error":"no space left"}\n' },
    { status: 500, text: '{"message":"no space left"}' },
  ])('is quoted ($status)', async (load) => {
    const scripted = await scriptedEngine({ loads: [load] });
    await using engine = await engineAt(scripted.host);
    const error = await rejection(loadImage(engine, await helloImage(), names, ctx));
    expect(error).toMatchObject({ code: 'CATA_ENGINE_REFUSED' });
    expect(String(error)).toContain(
      `Docker 29.0.0 at ${scripted.host} does not take the image: no space left.`,
    );
  });

  it('an archive without the layers that it said it had gets all of them', async () => {
    const image = await helloImage();
    const Layers = (await image.config()).value.rootfs.diff_ids;
    const refusal = { status: 200, text: '{"error":"layer does not exist"}\n' };
    const scripted = await scriptedEngine({
      image: { RootFS: { Layers } },
      loads: [refusal, { status: 200, text: '' }],
    });
    await using engine = await engineAt(scripted.host);
    expect((await loadImage(engine, image, names, ctx)).presentLayers).toBe(0);
    const [without = Buffer.of(), withAll = Buffer.of()] = scripted.archives;
    expect(withAll.byteLength).toBeGreaterThan(without.byteLength);
  });

  it('is not blamed for a layer that cannot be read', async () => {
    const scripted = await scriptedEngine();
    await using engine = await engineAt(scripted.host);
    const image = await helloImage();
    const [layer] = await image.layers();
    const broken = async function* () {
      yield Buffer.from('torn');
      throw new Error('the disk is worn out');
    };
    const torn = { ...image, layers: async () => (layer ? [{ ...layer, compressed: broken }] : []) };
    await expect(loadImage(engine, torn, names, ctx)).rejects.toThrow('the disk is worn out');
  });
});
