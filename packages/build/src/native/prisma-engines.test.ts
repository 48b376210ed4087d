import { gzipSync } from 'node:zlib';
import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../testing/debian-archive.ts';
import { canCompile, compileAddon } from '../../testing/native-addon.ts';
import { nativeRequest, nativeServices } from '../../testing/native-request.ts';
import { startServer } from '../../testing/start-server.ts';
import { targetOf } from '../../testing/target-of.ts';
import { writeFiles } from '../../testing/write-files.ts';
import type { PackageInventory } from './package-inventory.ts';
import { binaryTarget } from './prisma-engines.ts';
import { resolveNative } from './resolve-native.ts';

const commit = 'c2990dca591cba766e3b7ef5d9e8a84796e47ab7';
const scripts = { postinstall: 'node scripts/postinstall.js' };
const needed = { '@prisma/engines-version': `7.1.1-3.${commit}` };
const client = {
  name: '@prisma/client',
  version: '6.19.3',
  manifest: { scripts, devDependencies: needed },
  files: [],
};
const engines = {
  name: '@prisma/engines',
  version: '6.19.3',
  manifest: { scripts, dependencies: needed },
  files: [],
};

/** A mirror as Prisma's, with every engine for arm64 the same addon. */
async function startMirror(
  addon: Uint8Array,
  changed: (path: string, bytes: Uint8Array) => Uint8Array = (_, bytes) => bytes,
) {
  const asked: string[] = [];
  const archive = gzipSync(addon);
  const server = await startServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const bytes = path.endsWith('.sha256') ? Buffer.from(`${sha256(archive)}  engine.gz\n`) : archive;
    response.end(changed(path, bytes));
  });
  return { ...server, asked };
}

const folderOf = (target: string) => `/all_commits/${commit}/${target}`;

describe.skipIf(!canCompile)('Prisma’s engines', () => {
  const addon = canCompile ? compileAddon('arm64', 'engine') : Buffer.alloc(0);
  const resolve = (inventory: PackageInventory, mirror: string, generated?: string) => {
    const services = nativeServices({ scriptEnv: async () => ({ PRISMA_ENGINES_MIRROR: mirror }) });
    if (generated !== undefined) {
      writeFiles(services.root, { 'node_modules/.prisma/client/index.js': generated });
    }
    const location = `node_modules/${inventory.name}`;
    const request = nativeRequest({ inventory, location, hasInstallScript: true });
    return resolveNative(request, services, createContext());
  };

  it('of the client lie in the package, where it looks for them', async () => {
    await using mirror = await startMirror(addon);
    const { added } = await resolve(client, mirror.url);
    expect(added).toEqual([
      {
        path: 'libquery_engine-linux-arm64-openssl-3.0.x.so.node',
        mode: 0o755,
        content: expect.any(Uint8Array),
      },
    ]);
    expect(Buffer.from(added[0]?.content ?? []).equals(addon)).toBe(true);
    const file = `${folderOf('linux-arm64-openssl-3.0.x')}/libquery_engine.so.node.gz`;
    expect(mirror.asked).toEqual([`${file}.sha256`, file]);
  });

  it('of the command line are those that its postinstall fetches', async () => {
    await using mirror = await startMirror(addon);
    const { added } = await resolve(engines, mirror.url);
    expect(added.map(({ path }) => path)).toEqual([
      'libquery_engine-linux-arm64-openssl-3.0.x.so.node',
      'schema-engine-linux-arm64-openssl-3.0.x',
    ]);
  });

  it('are what the generated client asks for: none, for one that works without', async () => {
    await using mirror = await startMirror(addon);
    const generated = (config: object) => `const config = ${JSON.stringify(config, null, 2)}\n`;
    const of = async (config: object) =>
      (await resolve(client, mirror.url, generated(config))).added.map(({ path }) => path);
    expect(await of({ generator: { config: { engineType: 'client' } } })).toEqual([]);
    expect(await of({ copyEngine: false })).toEqual([]);
    expect(await of({ generator: { config: { engineType: 'binary' } } })).toEqual([
      'query-engine-linux-arm64-openssl-3.0.x',
    ]);
  });

  it('are refused when they are not what their hash says', async () => {
    await using mirror = await startMirror(addon, (path, bytes) =>
      path.endsWith('.gz') ? gzipSync('other') : bytes,
    );
    await expect(resolve(client, mirror.url)).rejects.toMatchObject({
      code: 'CATA_NATIVE_BINARY_UNAVAILABLE',
      message: expect.stringContaining('has digest sha256:'),
    });
  });

  it('are refused when they are for another machine', async () => {
    await using mirror = await startMirror(compileAddon('amd64', 'engine'));
    await expect(resolve(client, mirror.url)).rejects.toMatchObject({ code: 'CATA_NATIVE_BINARY_WRONG' });
  });

  it('are none from Prisma 7 on', async () => {
    await expect(resolve({ ...client, version: '7.0.0' }, 'http://unused.test')).rejects.toMatchObject({
      code: 'CATA_PACKAGE_INSTALL_SCRIPT',
    });
  });
});

it.each([
  ['linux/amd64', 'glibc', 'debian-openssl-3.0.x'],
  ['linux/arm64', 'glibc', 'linux-arm64-openssl-3.0.x'],
  ['linux/amd64', 'musl', 'linux-musl-openssl-3.0.x'],
  ['linux/arm64', 'musl', 'linux-musl-arm64-openssl-3.0.x'],
] as const)('%s with %s is %s to Prisma', (platform, libc, name) => {
  expect(binaryTarget(targetOf(platform, libc))).toBe(name);
});
