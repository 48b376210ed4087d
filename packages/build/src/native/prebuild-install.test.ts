import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  createContext,
  directory,
  endOfTar,
  file,
  gzipMember,
  type TarEntry,
  writeTarEntries,
} from '@catamaran/oci';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canCompile, compileAddon, compileAddonOfAbi } from '../../testing/native-addon.ts';
import { nativeRequest, nativeServices } from '../../testing/native-request.ts';
import { runNode } from '../../testing/run-node.ts';
import { startServer } from '../../testing/start-server.ts';
import { targetOf } from '../../testing/target-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import type { Libc, Target } from '../target/target.ts';
import type { NativeRequest, ScriptEnv } from './native-request.ts';
import { nodeAbi } from './node-abi.ts';
import { prebuildSource } from './prebuild-install.ts';
import { resolveNative } from './resolve-native.ts';

const require = createRequire(import.meta.url);
const program = require.resolve('prebuild-install/bin.js');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

const addon: Manifest = {
  name: 'addon',
  version: '1.0.0',
  scripts: { install: 'prebuild-install || node-gyp rebuild' },
};

function requestFor(manifest: Manifest, target: Target): NativeRequest {
  const { name, version } = manifest;
  return nativeRequest({ inventory: { name, version, manifest, files: [] }, hasInstallScript: true, target });
}

const cpuOf = (target: Target) => (target.platform.architecture === 'amd64' ? 'x64' : 'arm64');
const own = (architecture: string, libc: Libc = 'glibc'): Target => ({
  ...targetOf(`linux/${architecture}`, libc),
  nodeVersion: process.versions.node,
});

describe('the address', () => {
  const word = fc.constantFrom('a', '@scope/a-b', 'a.b_c', '@s-t/u');
  const version = fc.constantFrom('1.2.3', '0.10.0-rc.1', '2.0.0+build.5');
  const template = fc.constantFrom(
    '{name}/{version}',
    './{major}.{minor}/{patch}/',
    'v{version}-{abi}-{node_abi}-{platform}{libc}-{arch}.tgz',
    '{ module_name }-{configuration}-{runtime}',
    '{prerelease}-{build}',
    '{unknown}/',
    '$&{package_name}{tag_prefix}',
  );
  const binary = fc.record(
    {
      host: fc.constantFrom('https://host.test/', 'https://host.test/x'),
      remote_path: template,
      package_name: template,
      module_name: word,
    },
    { requiredKeys: [] },
  );
  const repository = fc.constantFrom(
    'https://github.com/a/b.git',
    { type: 'git', url: 'git+ssh://git@github.com:a/b.c.git' },
    { url: 'git://github.com/a/b' },
  );
  const manifest = fc.record({ name: word, version, binary, repository });
  const mirror = fc.constantFrom('', '_binary_host', '_binary_host_mirror');
  const { getDownloadUrl } = require('prebuild-install/util.js') as {
    getDownloadUrl(options: object): string;
  };

  it('is the one that prebuild-install makes of the same package', () => {
    fc.assert(
      fc.property(
        manifest,
        mirror,
        fc.constantFrom('amd64', 'arm64'),
        fc.constantFrom<Libc>('glibc', 'musl'),
        (pkg, end, cpu, libc) => {
          const target = own(cpu, libc);
          const variable = `npm_config_${pkg.name.replace(/[^a-zA-Z0-9]/g, '_').replace(/^_/, '')}${end}`;
          const env = end ? { [variable]: 'https://mirror.test/x' } : {};
          Object.assign(process.env, env);
          const real = getDownloadUrl({
            pkg,
            abi: process.versions.modules,
            runtime: 'node',
            platform: 'linux',
            arch: cpuOf(target),
            libc: libc === 'musl' ? 'musl' : '',
            'tag-prefix': 'v',
          });
          if (end) delete process.env[variable];
          expect(prebuildSource([], requestFor(pkg, target), env)?.url).toBe(real);
        },
      ),
    );
  });

  it.each([
    ['nothing more', '', addon],
    [
      'the best version of Node-API that both know',
      '-r napi',
      { ...addon, binary: { napi_versions: [3, 6, 99] } },
    ],
    ['a version of Node-API', '--runtime=napi --target 3', { ...addon, binary: { napi_versions: [3, 6] } }],
    [
      'the package’s own runtime and version',
      '',
      { ...addon, config: { runtime: 'napi', target: 3 }, binary: { napi_versions: [3] } },
    ],
    ['another prefix of tags', '--tag-prefix release-', addon],
    ['a version of Node', '--target 22.12.0', addon],
    ['a scope', '', { ...addon, name: '@scope/an-addon' }],
  ])(
    'is asked for by prebuild-install itself, told %s',
    async (_, args, manifest) => {
      const asked: string[] = [];
      await using server = await startServer((request, response) => {
        asked.push(request.url ?? '');
        response.writeHead(404).end();
      });
      for (const target of [own('amd64'), own('arm64'), own('arm64', 'musl')]) {
        const env = {
          [`npm_config_${manifest.name.replace('@', '').replace(/\W/g, '_')}_binary_host`]: server.url,
        };
        const folder = writeFiles(temporaryFolder(), { 'package.json': manifest });
        const platform = ['--platform=linux', `--arch=${cpuOf(target)}`, `--libc=${target.libc}`];
        await runNode(program, [...args.split(' ').filter(Boolean), ...platform], { cwd: folder, env });
        const source = prebuildSource(args.split(' ').filter(Boolean), requestFor(manifest, target), env);
        expect(source?.url).toBe(`${server.url}${asked.pop()}`);
      }
    },
    30_000,
  );

  it('has the ABI of the image’s Node, not of this one', () => {
    const target = { ...targetOf('linux/arm64'), nodeVersion: '22.20.0' };
    const pkg = { ...addon, repository: 'https://github.com/a/b' };
    expect(prebuildSource([], requestFor(pkg, target), {})?.url).toBe(
      'https://github.com/a/b/releases/download/v1.0.0/addon-v1.0.0-node-v127-linux-arm64.tar.gz',
    );
  });
});

async function archiveOf(...entries: readonly TarEntry[]): Promise<Uint8Array> {
  return gzipMember(Buffer.concat([...writeTarEntries(entries, 0), endOfTar]));
}

/** A mirror that has archives by their file names, and what it was asked for. */
async function startMirror(archives: Readonly<Record<string, Uint8Array>>) {
  const asked: string[] = [];
  const server = await startServer((request, response) => {
    const name = request.url?.split('/').pop() ?? '';
    asked.push(name);
    const archive = archives[name];
    if (archive) response.end(archive);
    else response.writeHead(404).end();
  });
  return { ...server, asked, env: { npm_config_addon_binary_host: server.url } as ScriptEnv };
}

const nameFor = (cpu: string) => `addon-v1.0.0-node-v${nodeAbi(process.versions.node)}-linux-${cpu}.tar.gz`;
const resolve = (env: ScriptEnv, target: Target, services = nativeServices(), manifest = addon) =>
  resolveNative(requestFor(manifest, target), { ...services, scriptEnv: async () => env }, createContext());

describe.skipIf(!canCompile)('an addon on a mirror', () => {
  it('comes into the package as prebuild-install puts it there, on both platforms', async () => {
    const archives: Record<string, Uint8Array> = {};
    for (const [architecture, cpu] of [
      ['amd64', 'x64'],
      ['arm64', 'arm64'],
    ] as const) {
      archives[nameFor(cpu)] = await archiveOf(
        directory('build'),
        directory('build/Release'),
        file('build/Release/addon.node', compileAddon(architecture, `for ${cpu}`), 0o755),
        file('build/Release/notes.txt', `notes for ${cpu}`),
      );
    }
    await using mirror = await startMirror(archives);
    for (const target of [own('amd64'), own('arm64')]) {
      const { added, leftOut } = await resolve(mirror.env, target);
      const folder = writeFiles(temporaryFolder(), { 'package.json': addon });
      const env = { npm_config_addon_binary_host: mirror.url, npm_config_cache: join(folder, 'cache') };
      const platform = ['--platform=linux', `--arch=${cpuOf(target)}`];
      expect((await runNode(program, platform, { cwd: folder, env })).exitCode).toBe(0);
      expect(leftOut).toEqual([]);
      expect(added.map(({ path }) => path)).toEqual(['build/Release/addon.node', 'build/Release/notes.txt']);
      for (const { path, content } of added)
        expect(Buffer.from(content).equals(readFileSync(join(folder, path)))).toBe(true);
      expect(added.map(({ mode }) => mode)).toEqual([0o755, 0o644]);
    }
  }, 60_000);

  it('is fetched once, and again when what was kept is damaged', async () => {
    const archive = await archiveOf(file('build/Release/addon.node', compileAddon('arm64', 'once'), 0o755));
    await using mirror = await startMirror({ [nameFor('arm64')]: archive });
    const services = nativeServices();
    const first = await resolve(mirror.env, own('arm64'), services);
    expect(await resolve(mirror.env, own('arm64'), services)).toEqual(first);
    expect(mirror.asked).toHaveLength(1);
    const [digest] = readdirSync(join(services.folder, 'cache/blobs/sha256'));
    const path = join(services.folder, 'cache/blobs/sha256', digest ?? '');
    const bytes = readFileSync(path);
    bytes[100] = (bytes[100] ?? 0) ^ 0xff;
    writeFiles('/', { [path.slice(1)]: bytes });
    expect(await resolve(mirror.env, own('arm64'), services)).toEqual(first);
    expect(mirror.asked).toHaveLength(2);
  });

  it.each([
    [
      'for another machine',
      () => file('build/Release/addon.node', compileAddon('amd64', 'x'), 0o755),
      'is elf for amd64',
    ],
    [
      'for another ABI of Node',
      () => file('build/Release/addon.node', compileAddonOfAbi('arm64', '115'), 0o755),
      'is for ABI 115',
    ],
    ['not native code at all', () => file('build/Release/addon.node', '<html>'), 'is no native code'],
    ['not there', () => file('README', 'hello'), 'it has no native code'],
    ['outside the package', () => file('../addon.node', 'x'), 'it has a file "../addon.node"'],
  ])('is refused when it is %s', async (_, entry, reason) => {
    await using mirror = await startMirror({ [nameFor('arm64')]: await archiveOf(entry()) });
    await expect(resolve(mirror.env, own('arm64'))).rejects.toMatchObject({
      code: 'CATA_NATIVE_BINARY_WRONG',
      message: expect.stringContaining(reason),
    });
  });

  it('is taken for this ABI, by the name that it is registered under', async () => {
    const entry = file(
      'build/Release/addon.node',
      compileAddonOfAbi('arm64', process.versions.modules),
      0o755,
    );
    await using mirror = await startMirror({ [nameFor('arm64')]: await archiveOf(entry) });
    expect((await resolve(mirror.env, own('arm64'))).added).toHaveLength(1);
  });
});

describe('an addon that cannot be had', () => {
  it('is an error that names the package, where it was looked for, and how to name a mirror', async () => {
    await using mirror = await startMirror({});
    await expect(resolve(mirror.env, own('arm64'))).rejects.toMatchObject({
      code: 'CATA_NATIVE_BINARY_UNAVAILABLE',
      message: `The binary of addon@1.0.0 for linux/arm64 cannot be had from ${mirror.url}/v1.0.0/${nameFor('arm64')}: the server answers 404.`,
      hint: expect.stringContaining('"addon_binary_host=…" in .npmrc'),
    });
  });

  it('is one, too, when the archive is none', async () => {
    await using mirror = await startMirror({ [nameFor('arm64')]: Buffer.from('<html>Sign in</html>') });
    await expect(resolve(mirror.env, own('arm64'))).rejects.toMatchObject({
      code: 'CATA_NATIVE_BINARY_WRONG',
    });
  });

  it('is not looked for when the script does more than that', async () => {
    await using mirror = await startMirror({});
    for (const install of [
      'prebuild-install && node more.js',
      'node first.js; prebuild-install',
      'prebuild-install > log',
    ]) {
      const manifest = { ...addon, scripts: { install } };
      await expect(resolve(mirror.env, own('arm64'), nativeServices(), manifest)).rejects.toMatchObject({
        code: 'CATA_PACKAGE_INSTALL_SCRIPT',
        message: expect.stringContaining(install),
      });
    }
    expect(mirror.asked).toEqual([]);
  });
});
