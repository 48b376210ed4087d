import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../testing/debian-archive.ts';
import { canCompile, compileAddon } from '../../testing/native-addon.ts';
import { nativeRequest, nativeServices } from '../../testing/native-request.ts';
import { runNode } from '../../testing/run-node.ts';
import { startServer } from '../../testing/start-server.ts';
import { targetOf } from '../../testing/target-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import { artifactSource } from './install-artifact.ts';
import { resolveNative } from './resolve-native.ts';

const require = createRequire(import.meta.url);
const program = require.resolve('install-artifact-from-github/bin/install-from-cache.js');
const args =
  '--artifact build/Release/addon.node --host-var MIRROR --skip-path-var SKIP_PATH --skip-ver-var SKIP_VER';
const manifest = {
  name: 'addon',
  version: '1.2.3',
  repository: { type: 'git', url: 'git+https://github.com/a/b.git' },
  scripts: { install: `install-from-cache ${args} || node-gyp rebuild`, 'verify-build': 'exit 0' },
};
const target = { ...targetOf('linux/arm64'), nodeVersion: process.versions.node };
const requestFor = (more: object = {}) => {
  const all = { ...manifest, ...more };
  return nativeRequest({ inventory: { ...all, manifest: all, files: [] }, hasInstallScript: true, target });
};
const slot = `linux-arm64-${process.versions.modules}`;

/** Runs the real one for the target. It never fails: where it finds nothing, it compiles. */
async function runReal(env: Readonly<Record<string, string>>) {
  const folder = writeFiles(temporaryFolder(), { 'package.json': manifest });
  const told = {
    npm_package_json: join(folder, 'package.json'),
    npm_config_platform: 'linux',
    npm_config_platform_arch: 'arm64',
    npm_config_platform_abi: process.versions.modules,
  };
  await runNode(program, args.split(' '), { cwd: folder, env: { ...told, ...env } });
  return folder;
}

describe('the address', () => {
  it.each([{}, { SKIP_PATH: '1' }, { SKIP_VER: '1' }, { SKIP_PATH: '1', SKIP_VER: '1' }])(
    'is asked for by install-from-cache itself, told %j',
    async (more) => {
      const asked: string[] = [];
      await using server = await startServer((request, response) => {
        asked.push(request.url ?? '');
        response.writeHead(404).end();
      });
      const env = { MIRROR: `${server.url}/`, ...more };
      await runReal(env);
      const source = artifactSource(args.split(' '), requestFor(), env);
      expect(['.br', '.gz', ''].map((ending) => `${source?.url}${ending}`)).toEqual(
        asked.map((path) => `${server.url}${path}`),
      );
    },
  );

  it('is that of the package’s own releases, with its hash, where no mirror is named', () => {
    const hash = `sha256:${'0'.repeat(64)}`;
    expect(
      artifactSource(args.split(' '), requestFor({ artifactHashes: { [slot]: hash } }), {}),
    ).toMatchObject({
      url: `https://github.com/a/b/releases/download/1.2.3/${slot}`,
      expected: hash,
    });
  });
});

describe.skipIf(!canCompile)('the addon', () => {
  const addon = canCompile ? compileAddon('arm64', 'artifact') : Buffer.alloc(0);
  const resolve = (env: Readonly<Record<string, string>>, more: object = {}) =>
    resolveNative(requestFor(more), nativeServices({ scriptEnv: async () => env }), createContext());

  it.each([
    ['.br', brotliCompressSync(addon)],
    ['.gz', gzipSync(addon)],
    ['', addon],
  ])(
    'comes into the package as install-from-cache puts it there, from a file with the ending "%s"',
    async (ending, bytes) => {
      await using server = await startServer((request, response) => {
        if (request.url?.endsWith(`${slot}${ending}`)) response.end(bytes);
        else response.writeHead(404).end();
      });
      const { added } = await resolve({ MIRROR: server.url });
      const folder = await runReal({ MIRROR: server.url });
      expect(added.map(({ path, mode }) => [path, mode])).toEqual([['build/Release/addon.node', 0o755]]);
      const real = readFileSync(join(folder, 'build/Release/addon.node'));
      expect(real.equals(Buffer.from(added[0]?.content ?? []))).toBe(true);
      expect(real.equals(addon)).toBe(true);
    },
  );

  it('is refused when it is nowhere, with the address that was tried first', async () => {
    await using server = await startServer((_, response) => response.writeHead(404).end());
    await expect(resolve({ MIRROR: server.url })).rejects.toMatchObject({
      code: 'CATA_NATIVE_BINARY_UNAVAILABLE',
      message: expect.stringContaining(`${server.url}/a/b/releases/download/1.2.3/${slot}.br`),
      hint: expect.stringContaining('MIRROR=… in the environment'),
    });
  });

  it('is held to the hash that the package states of its own releases', async () => {
    await using server = await startServer((_, response) => response.end(brotliCompressSync(addon)));
    const own = { github: `${server.url}/a/b` };
    const stated = (hash: string) => ({ ...own, artifactHashes: { [slot]: hash } });
    await expect(resolve({}, stated(`sha256:${sha256(addon)}`))).resolves.toMatchObject({ leftOut: [] });
    await expect(resolve({}, stated(`sha256:${'0'.repeat(64)}`))).rejects.toMatchObject({
      code: 'CATA_NATIVE_BINARY_WRONG',
    });
    await expect(resolve({}, { ...own, artifactHashes: {} })).rejects.toMatchObject({
      code: 'CATA_NATIVE_BINARY_WRONG',
    });
  });
});
