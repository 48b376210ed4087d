import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { type Image, type ImageIndex, isImageIndex } from '../image/image.ts';
import { asOciImage } from '../image/oci-image.ts';
import { collectBytes } from '../layer/byte-stream.ts';
import { layoutStore } from '../layout/layout-store.ts';
import { digestOf } from '../model/digest.ts';
import { isManifestType, mediaTypes } from '../model/media-types.ts';
import { type Platform, platforms } from '../model/platform.ts';
import { parseReference } from '../model/reference.ts';
import {
  protections,
  type StartedDockerRegistry,
  startedDockerRegistry,
} from '../testing/docker-registry/started-docker-registry.ts';
import { greeting, helloIndex } from '../testing/hello-index.ts';
import { helloProgram } from '../testing/hello-program.ts';
import { podmanIn } from '../testing/podman.ts';
import { runBeside } from '../testing/run-beside.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools, isInPath } from '../testing/tools.ts';
import { registryStore } from './registry-store.ts';

const [amd64] = platforms as [Platform];
const ctx = createContext();

const skopeo = (...args: readonly string[]) => runBeside('skopeo', '--insecure-policy', ...args);

/** @returns the digest of the index */
async function push(registry: StartedDockerRegistry, name: string): Promise<string> {
  await using store = registryStore(registry.optionsFor());
  return (await store.put(parseReference(`${registry.address}/${name}`), await helloIndex(), ctx)).digest;
}

/** Into a layout, under the name "pulled". */
async function pull(
  registry: StartedDockerRegistry,
  name: string,
  layout: string,
  change: (image: Image | ImageIndex) => Promise<Image | ImageIndex> = async (image) => image,
): Promise<Image | ImageIndex> {
  await using store = registryStore(registry.optionsFor());
  const image = await store.get(parseReference(`${registry.address}/${name}`), ctx);
  await layoutStore(layout).put(parseReference('pulled'), await change(image), ctx);
  return layoutStore(layout).get(parseReference('pulled'), ctx);
}

async function unpackedByUmoci(layout: string, name: string): Promise<string> {
  const bundle = join(temporaryFolder(), 'bundle');
  const rootless = process.getuid?.() === 0 ? [] : ['--rootless'];
  await runBeside('umoci', 'unpack', ...rootless, '--image', `${layout}:${name}`, bundle);
  return join(bundle, 'rootfs');
}

function expectHello(root: string, { architecture }: Platform): void {
  expect(readFileSync(join(root, 'etc', 'harbour'), 'utf8')).toBe('Kiel\n');
  expect(readFileSync(join(root, 'hello')).equals(helloProgram(architecture, greeting))).toBe(true);
}

async function layerTypes(image: Image | ImageIndex): Promise<ReadonlySet<string>> {
  if (isImageIndex(image)) return expect.fail('an index');
  for (const layer of await image.layers()) {
    expect(digestOf(await collectBytes(layer.uncompressed()))).toBe(await layer.diffId());
  }
  return new Set((await image.manifest()).value.layers.map(({ mediaType }) => mediaType));
}

/** Not asked for by the project: it needs more rights than many a machine for tests gives. */
const podmanIsThere = isInPath('podman');
const tools = hasTools('docker-registry', 'openssl', 'skopeo', 'umoci');

describe.skipIf(!tools).each(protections)(
  'in a registry protected by %s, what Catamaran pushed',
  (protection) => {
    it('is inspected and copied by skopeo', async () => {
      const registry = await startedDockerRegistry(protection);
      const digest = await push(registry, 'team/hello:1');
      const image = `docker://${registry.address}/team/hello:1`;
      const raw = await skopeo('inspect', '--raw', ...registry.skopeoFlags(''), image);
      expect(digestOf(Buffer.from(raw))).toBe(digest);
      for (const { architecture } of platforms) {
        const chosen = ['--override-arch', architecture];
        const inspected = await skopeo(...chosen, 'inspect', ...registry.skopeoFlags(''), image);
        expect(JSON.parse(inspected)).toMatchObject({
          Architecture: architecture,
          Labels: { harbour: 'Kiel' },
        });
      }
      const folder = temporaryFolder();
      const copy = ['copy', '--quiet', ...registry.skopeoFlags('src-')];
      await skopeo(...copy, '--all', image, `oci:${join(folder, 'layout')}:hello`);
      expect(readFileSync(join(folder, 'layout', 'index.json'), 'utf8')).toContain(digest);
      await skopeo(
        '--override-arch',
        'arm64',
        ...copy,
        image,
        `docker-archive:${join(folder, 'hello.tar')}:hello:1`,
      );
      const archived = await skopeo('inspect', `docker-archive:${join(folder, 'hello.tar')}`);
      expect(JSON.parse(archived)).toMatchObject({ Architecture: 'arm64' });
    });

    it('is unpacked by umoci, once skopeo has pulled it', async () => {
      const registry = await startedDockerRegistry(protection);
      await push(registry, 'hello:1');
      const layout = join(temporaryFolder(), 'layout');
      const copy = ['--override-arch', 'arm64', 'copy', '--quiet', ...registry.skopeoFlags('src-')];
      await skopeo(...copy, `docker://${registry.address}/hello:1`, `oci:${layout}:hello`);
      expectHello(await unpackedByUmoci(layout, 'hello'), { os: 'linux', architecture: 'arm64' });
    });

    it.runIf(podmanIsThere)('is run by podman', async ({ skip }) => {
      const registry = await startedDockerRegistry(protection);
      await push(registry, 'hello:1');
      const podman = podmanIn(temporaryFolder());
      await podman.run('pull', '--quiet', ...registry.skopeoFlags(''), `${registry.address}/hello:1`);
      const output = await podman.output(`${registry.address}/hello:1`);
      if (output === undefined) return skip('Podman may run no containers here.');
      expect(output).toBe(greeting);
    });
  },
);

describe.skipIf(!tools).each(protections)(
  'in a registry protected by %s, what others pushed',
  (protection) => {
    it.each([
      ['oci', 'gzip', mediaTypes.layerGzip],
      ['oci', 'zstd', mediaTypes.layerZstd],
      ['v2s2', 'gzip', mediaTypes.dockerLayerGzip],
    ])('is pulled when it is from skopeo, %s and %s', async (format, compression, layerType) => {
      const registry = await startedDockerRegistry(protection);
      const folder = temporaryFolder();
      const [plain, layout] = [join(folder, 'plain'), join(folder, 'layout')];
      await layoutStore(join(folder, 'from')).put(
        parseReference('hello'),
        await (await helloIndex()).image(amd64),
        ctx,
      );
      await skopeo('copy', '--quiet', '--dest-decompress', `oci:${folder}/from:hello`, `dir:${plain}`);
      const as = [
        '--format',
        format,
        '--dest-compress-format',
        compression,
        ...registry.skopeoFlags('dest-'),
      ];
      await skopeo('copy', '--quiet', ...as, `dir:${plain}`, `docker://${registry.address}/skopeo:1`);
      const asItIs = await pull(registry, 'skopeo:1', layout);
      expect(await layerTypes(asItIs)).toEqual(new Set([layerType]));
      const raw = await skopeo(
        'inspect',
        '--raw',
        ...registry.skopeoFlags(''),
        `docker://${registry.address}/skopeo:1`,
      );
      expect(Buffer.from((await asItIs.manifest()).bytes).toString()).toBe(raw);
      const asOci = join(folder, 'oci');
      expect((await (await pull(registry, 'skopeo:1', asOci, asOciImage)).manifest()).value.mediaType).toBe(
        mediaTypes.manifest,
      );
      expect(JSON.parse(await skopeo('inspect', `oci:${asOci}:pulled`))).toMatchObject({
        Architecture: 'amd64',
      });
      // umoci 0.4 knows no zstd.
      if (compression === 'gzip') expectHello(await unpackedByUmoci(asOci, 'pulled'), amd64);
    });

    it('is pulled when it is a manifest list', async () => {
      const registry = await startedDockerRegistry(protection);
      const folder = temporaryFolder();
      await layoutStore(join(folder, 'from')).put(parseReference('hello'), await helloIndex(), ctx);
      const as = ['--all', '--format', 'v2s2', ...registry.skopeoFlags('dest-')];
      await skopeo(
        'copy',
        '--quiet',
        ...as,
        `oci:${folder}/from:hello`,
        `docker://${registry.address}/list:1`,
      );
      const pulled = await pull(registry, 'list:1', join(folder, 'to'));
      expect((await pulled.manifest()).value.mediaType).toBe(mediaTypes.dockerManifestList);
      await pull(registry, 'list:1', join(folder, 'oci'), asOciImage);
      const inspected = await skopeo('--override-arch', 'arm64', 'inspect', `oci:${folder}/oci:pulled`);
      expect(JSON.parse(inspected)).toMatchObject({ Architecture: 'arm64' });
    });

    it.runIf(podmanIsThere).each([
      ['oci', 'gzip'],
      ['oci', 'zstd'],
      ['v2s2', 'gzip'],
    ])('is pulled when it is from podman, %s and %s', async (format, compression) => {
      const registry = await startedDockerRegistry(protection);
      const folder = temporaryFolder();
      const podman = podmanIn(join(folder, 'podman'));
      const archive = join(folder, 'hello.tar');
      await layoutStore(join(folder, 'from')).put(
        parseReference('hello'),
        await (await helloIndex()).image(amd64),
        ctx,
      );
      await skopeo('copy', '--quiet', `oci:${folder}/from:hello`, `docker-archive:${archive}:local/hello:1`);
      await podman.run('load', '--quiet', '--input', archive);
      const as = ['--format', format, '--compression-format', compression, ...registry.skopeoFlags('')];
      await podman.run('push', '--quiet', ...as, 'local/hello:1', `${registry.address}/podman:1`);
      const pulled = await pull(registry, 'podman:1', join(folder, 'to'));
      expect(isManifestType((await pulled.manifest()).value.mediaType)).toBe(true);
      expect([...(await layerTypes(pulled))].join()).toMatch(compression);
    });
  },
);

describe.skipIf(!tools)('a layout that Catamaran made', () => {
  it('is read by umoci and skopeo', async () => {
    const layout = join(temporaryFolder(), 'layout');
    const store = layoutStore(layout);
    await store.put(parseReference('hello:all'), await helloIndex(), ctx);
    await store.put(parseReference('hello:one'), await (await helloIndex()).image(amd64), ctx);
    expect((await runBeside('umoci', 'ls', '--layout', layout)).trim().split('\n').sort()).toEqual([
      'hello:all',
      'hello:one',
    ]);
    expectHello(await unpackedByUmoci(layout, 'hello:one'), amd64);
    const inspected = await skopeo('--override-arch', 'arm64', 'inspect', `oci:${layout}:hello:all`);
    expect(JSON.parse(inspected)).toMatchObject({ Architecture: 'arm64', Created: '2001-02-03T04:05:06Z' });
  });
});
