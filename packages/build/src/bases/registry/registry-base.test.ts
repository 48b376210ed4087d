import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  asOciImage,
  createContext,
  createImage,
  descriptorOf,
  file,
  type ImageIndex,
  mediaTypes,
  parseReference,
} from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { amd64, arm64, indexOf, putInLayout, skopeo } from '../../../testing/base-images.ts';
import { startedDockerRegistry } from '../../../testing/docker-registry.ts';
import {
  openedStore,
  readAll,
  registryProject,
  startedMemoryRegistry,
} from '../../../testing/registry-project.ts';
import { requirePrograms } from '../../../testing/require-programs.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';

const tools = requirePrograms('docker-registry', 'skopeo');
const both = [amd64, arm64];
const index = (text = 'one') =>
  indexOf(({ architecture }) => [[file('shared', text)], [file('cpu', architecture)]]);
const digestOf = async (image: Parameters<typeof descriptorOf>[0]) => (await descriptorOf(image)).digest;

/** Puts an index into a registry with skopeo. @param flags of `skopeo copy` */
async function pushWithSkopeo(to: string, image: ImageIndex, ...flags: readonly string[]): Promise<void> {
  const folder = temporaryFolder();
  await putInLayout(folder, 'base', image);
  skopeo('copy', '--dest-tls-verify=false', ...flags, `oci:${folder}:base`, `docker://${to}`);
}
const push = (to: string, image: ImageIndex) => openedStore().put(parseReference(to), image, createContext());
const lockOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'catamaran.lock.json'), 'utf8'));

describe.skipIf(!tools)('a base in a registry', () => {
  it('is each platform’s own image, and its tag is locked when it is first looked up', async () => {
    const { address } = await startedDockerRegistry();
    const pushed = await index();
    await pushWithSkopeo(`${address}/team/base:1`, pushed, '--all');
    const project = registryProject(`${address}/team/base:1`);
    const base = project.build();
    for (const platform of both) {
      const image = await base.resolve(platform, project.ctx);
      expect(await digestOf(image)).toBe(await digestOf(await pushed.image(platform)));
      await readAll(image);
    }
    const digest = await digestOf(pushed);
    expect(lockOf(project.folder)).toEqual({
      lockfileVersion: 1,
      base: { kind: 'registry', image: `${address}/team/base:1`, digest },
    });
    expect(await base.origin(project.ctx)).toEqual({ name: `${address}/team/base:1`, digest });
    expect(project.inputs.inputs.files).toEqual([join(project.folder, 'catamaran.lock.json')]);
  });

  it('stays what it was when the tag moves', async () => {
    const { address } = await startedDockerRegistry();
    const [first, second] = [await index('one'), await index('two')];
    const name = `${address}/base:latest`;
    await pushWithSkopeo(name, first, '--all');
    const project = registryProject(`${address}/base`);
    await project.build().resolve(amd64, project.ctx);
    await pushWithSkopeo(name, second, '--all');
    const again = await project.build().resolve(amd64, project.ctx);
    expect(await digestOf(again)).toBe(await digestOf(await first.image(amd64)));

    // Somebody who checks the project out elsewhere has the lock and nothing else.
    const elsewhere = registryProject(`${address}/base`);
    writeFileSync(elsewhere.lock.path, readFileSync(project.lock.path));
    const theirs = await elsewhere.build().resolve(amd64, elsewhere.ctx);
    expect(await digestOf(theirs)).toBe(await digestOf(again));
  });

  it('may be of Docker’s types, and becomes OCI’s all through', async () => {
    const { address } = await startedDockerRegistry();
    await pushWithSkopeo(`${address}/base:1`, await index(), '--all', '--format=v2s2');
    const project = registryProject(`${address}/base:1`);
    const docker = await project.build().resolve(amd64, project.ctx);
    const { value } = await docker.manifest();
    expect([value.mediaType, value.config.mediaType]).toEqual([
      mediaTypes.dockerManifest,
      mediaTypes.dockerConfig,
    ]);

    const base = await asOciImage(docker);
    const created = '2020-01-02T03:04:05Z';
    const image = await createImage({ platform: amd64, base, parts: [], execution: {}, created });
    expect(JSON.stringify((await image.manifest()).value)).not.toContain('docker');
    await readAll(image);
    const folder = temporaryFolder();
    await putInLayout(folder, 'app', image);
    expect(skopeo('inspect', '--config', `oci:${folder}:app`)).toContain('RUN step 0');
  });

  it('may have layers in zstd, which stay as they are', async () => {
    const { address } = await startedDockerRegistry();
    // What is compressed already, skopeo leaves as it is.
    const [layout, plain] = [temporaryFolder(), temporaryFolder()];
    await putInLayout(layout, 'base', await index());
    skopeo('copy', '--all', '--dest-decompress', `oci:${layout}:base`, `dir:${plain}`);
    const flags = ['--all', '--format=oci', '--dest-tls-verify=false', '--dest-compress-format=zstd'];
    skopeo('copy', ...flags, `dir:${plain}`, `docker://${address}/base:1`);
    const project = registryProject(`${address}/base:1`);
    const base = await asOciImage(await project.build().resolve(arm64, project.ctx));
    const created = '2020-01-02T03:04:05Z';
    const image = await createImage({ platform: arm64, base, parts: [], execution: {}, created });
    const types = (await image.manifest()).value.layers.map(({ mediaType }) => mediaType);
    expect(types).toEqual([mediaTypes.layerZstd, mediaTypes.layerZstd]);
    await readAll(image);
  });

  it('that is one platform’s alone is no other’s', async () => {
    const { address } = await startedDockerRegistry();
    await pushWithSkopeo(`${address}/base:1`, await index(), '--override-arch=arm64');
    const project = registryProject(`${address}/base:1`);
    expect(await project.build().resolve(arm64, project.ctx)).toBeDefined();
    await expect(project.build().resolve(amd64, project.ctx)).rejects.toMatchObject({
      code: 'CATA_BASE_PLATFORM',
      message: `The base ${address}/base:1 has no image for linux/amd64: it is one image, for linux/arm64.`,
    });
  });

  it('that was deleted is told of with the way out, unless it is in the cache', async () => {
    const { address } = await startedDockerRegistry({ canDelete: true });
    const name = `${address}/base:1`;
    const pushed = await index();
    await pushWithSkopeo(name, pushed, '--all');
    const project = registryProject(name);
    await readAll(await project.build().resolve(amd64, project.ctx));
    const elsewhere = registryProject(name);
    writeFileSync(elsewhere.lock.path, readFileSync(project.lock.path));

    const digest = await digestOf(pushed);
    await project.store.delete(parseReference(`${address}/base@${digest}`), project.ctx);
    await readAll(await project.build().resolve(amd64, project.ctx));
    await expect(elsewhere.build().resolve(amd64, elsewhere.ctx)).rejects.toMatchObject({
      code: 'CATA_BASE_GONE',
      fault: 'user',
      message: expect.stringContaining(digest),
      hint: expect.stringContaining('catamaran base update'),
    });
    const pinned = registryProject(`${name}@${digest}`);
    await expect(pinned.build().resolve(amd64, pinned.ctx)).rejects.toMatchObject({
      code: 'CATA_MANIFEST_NOT_FOUND',
    });
  });
});

describe('a registry', () => {
  it('is asked for nothing twice, and for no blob that nobody reads', async () => {
    const registry = await startedMemoryRegistry();
    await push(`${registry.address}/base:1`, await index());
    const project = registryProject(`${registry.address}/base:1`);
    const before = registry.requests.length;
    const asked = () =>
      registry.requests
        .slice(before)
        .map(({ method, path }) => `${method} ${path.replace(/sha256:.*/, 'DIGEST')}`);
    const image = await project.build().resolve(amd64, project.ctx);
    // The tag, the index, the manifest, and the configuration, which says what it is for.
    const manifest = 'GET /v2/base/manifests/DIGEST';
    expect(asked().filter((line) => !line.endsWith('/v2/'))).toEqual([
      'HEAD /v2/base/manifests/1',
      manifest,
      manifest,
      'GET /v2/base/blobs/DIGEST',
    ]);
    await Promise.all([
      readAll(image),
      readAll(image),
      readAll(await project.build().resolve(amd64, project.ctx)),
    ]);
    const blobs = asked().filter((line) => line.includes('/blobs/'));
    expect(blobs).toHaveLength(3);

    const { length } = registry.requests;
    await readAll(await project.build().resolve(amd64, project.ctx));
    expect(registry.requests).toHaveLength(length);
  });

  it('is asked by digest where the configuration has one, and then nothing is locked', async () => {
    const registry = await startedMemoryRegistry();
    const pushed = await index();
    await push(`${registry.address}/base:1`, pushed);
    const digest = await digestOf(pushed);
    const project = registryProject(`${registry.address}/base@${digest}`);
    const base = project.build();
    expect(await digestOf(await base.resolve(amd64, project.ctx))).toBe(
      await digestOf(await pushed.image(amd64)),
    );
    expect(await base.origin(project.ctx)).toEqual({ name: `${registry.address}/base@${digest}`, digest });
    expect(existsSync(project.lock.path)).toBe(false);
  });

  it('is asked again for a tag when the lock file is another image’s, and that is replaced', async () => {
    const registry = await startedMemoryRegistry();
    await push(`${registry.address}/base:1`, await index());
    const project = registryProject(`${registry.address}/base:1`);
    const other = {
      kind: 'registry',
      image: 'docker.io/library/node:24',
      digest: `sha256:${'0'.repeat(64)}`,
    };
    writeFileSync(
      project.lock.path,
      JSON.stringify({ lockfileVersion: 1, base: other, others: { kept: true } }),
    );
    await project.build().resolve(amd64, project.ctx);
    expect(lockOf(project.folder)).toMatchObject({
      base: { image: `${registry.address}/base:1` },
      others: { kept: true },
    });
  });

  it('may be used by who cannot lock: a warning says so', async () => {
    const registry = await startedMemoryRegistry();
    await push(`${registry.address}/base:1`, await index());
    const project = registryProject(`${registry.address}/base:1`);
    rmSync(project.folder, { recursive: true });
    await project.build().resolve(amd64, project.ctx);
    expect(project.events).toContainEqual(
      expect.objectContaining({ type: 'warning', message: expect.stringContaining('is not locked') }),
    );
    // So that the next build, which finds nothing else changed, asks again.
    expect(project.inputs.inputs.holdsUntilMs).toBeLessThanOrEqual(Date.now());
  });

  it.each([
    ['no JSON', '{', /JSON/],
    ['another version', '{"lockfileVersion":2}', /lockfileVersion/],
    [
      'a digest that is none',
      '{"lockfileVersion":1,"base":{"kind":"registry","image":"a","digest":"sha256:1"}}',
      /digest/,
    ],
    ['marks of a merge', '<<<<<<< HEAD\n', /JSON/],
  ])('is not asked where the lock file has %s', async (_, text, reason) => {
    const project = registryProject('127.0.0.1:1/base:1');
    writeFileSync(project.lock.path, text);
    const refused = project.build().resolve(amd64, project.ctx);
    await expect(refused).rejects.toMatchObject({
      code: 'CATA_LOCK_INVALID',
      message: expect.stringMatching(reason),
    });
    await expect(project.build().resolve(amd64, project.ctx)).rejects.toThrow(project.lock.path);
  });
});
