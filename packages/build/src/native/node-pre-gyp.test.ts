import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
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
import { canCompile, compileAddon } from '../../testing/native-addon.ts';
import { nativeRequest, nativeServices } from '../../testing/native-request.ts';
import { runNode } from '../../testing/run-node.ts';
import { startServer } from '../../testing/start-server.ts';
import { targetOf } from '../../testing/target-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import type { Libc, Target } from '../target/target.ts';
import type { NativeRequest, ScriptEnv } from './native-request.ts';
import { preGypSource } from './node-pre-gyp.ts';
import { resolveNative } from './resolve-native.ts';

const require = createRequire(import.meta.url);
const program = require.resolve('@mapbox/node-pre-gyp/bin/node-pre-gyp');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly binary: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

const addon: Manifest = {
  name: 'addon',
  version: '1.0.0',
  main: 'index.js',
  scripts: { install: 'node-pre-gyp install --fallback-to-build' },
  binary: {
    module_name: 'the-addon',
    module_path: './lib/binding/napi-v{napi_build_version}',
    host: 'https://host.test',
    remote_path: 'files/v{version}',
    package_name: '{module_name}-napi-v{napi_build_version}-{platform}-{arch}-{libc}.tar.gz',
    napi_versions: [3],
  },
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
/** What tells the real one which platform to take this machine for. */
const asTarget = (target: Target) => [
  '--target_platform=linux',
  `--target_arch=${cpuOf(target)}`,
  `--target_libc=${target.libc}`,
];

describe('the address and the place', () => {
  const text = fc.constantFrom(
    ...[
      '{name}',
      'v{version}',
      '{node_abi}',
      '{platform}-{arch}',
      '{libc}',
      '{configuration}/',
      './{module_name}/',
    ],
    ...[
      'a//b',
      '{major}.{minor}.{patch}',
      '{prerelease}',
      '{build}',
      '{runtime}',
      '{toolset}',
      '{node_abi_napi}',
    ],
    ...['{napi_version}', '{target_arch}{target_platform}', 'x+y', ''],
  );
  const joined = fc
    .array(text, { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('-').replace(/\/-/g, '/'));
  const plain = fc.record(
    {
      module_name: fc.constantFrom('a', 'a-b-c', 'a_b'),
      module_path: joined.map((path) => `./lib/${path}`),
      host: joined.map((path) => `https://host.test/${path}`),
      remote_path: joined.map((path) => `r/${path}`),
      package_name: joined.map((path) => `${path}.tar.gz`),
    },
    { requiredKeys: ['module_name', 'module_path', 'host'] },
  );
  // Whoever names versions of Node-API has to have them in the path and in the address.
  const versions = fc.uniqueArray(fc.integer({ min: 1, max: 10 }), { minLength: 1 });
  const withNodeApi = fc.tuple(plain, versions, joined).map(([binary, napi_versions, path]) => ({
    ...binary,
    module_path: `./lib/${path}/napi-v{napi_build_version}`,
    package_name: `${path}-{node_napi_label}.tar.gz`,
    napi_versions,
  }));
  const binary = fc.oneof(plain, withNodeApi);
  const manifest = fc.record({
    name: fc.constantFrom('addon', '@s/addon'),
    version: fc.constantFrom('1.2.3', '1.2.3-rc.1', '1.2.3+b.1', '1.2.3-rc.1+b.1'),
    main: fc.constant('index.js'),
    binary,
  });
  const mirror = fc.constantFrom(undefined, 'https://mirror.test/x', 'https://mirror.test/');
  const { evaluate } = require('@mapbox/node-pre-gyp/lib/util/versioning.js') as {
    evaluate(
      manifest: object,
      options: object,
      napi?: number,
    ): { hosted_tarball: string; module_path: string; module: string };
  };
  const { get_best_napi_build_version: best } = require('@mapbox/node-pre-gyp/lib/util/napi.js') as {
    get_best_napi_build_version(manifest: object): number | undefined;
  };

  it('are those that node-pre-gyp makes of the same package', () => {
    fc.assert(
      fc.property(
        manifest,
        mirror,
        fc.constantFrom('amd64', 'arm64'),
        fc.constantFrom<Libc>('glibc', 'musl'),
        (pkg, host, cpu, libc) => {
          const target = own(cpu, libc);
          const variable = `npm_config_${pkg.binary.module_name.replace('-', '_')}_binary_host_mirror`;
          if (host) process.env[variable] = host;
          const options = { target_platform: 'linux', target_arch: cpuOf(target), target_libc: libc };
          try {
            const real = evaluate(structuredClone(pkg), options, best(pkg));
            const source = preGypSource(requestFor(pkg, target), host ? { [variable]: host } : {});
            expect(source?.url).toBe(real.hosted_tarball.replace('+', '%2B'));
            expect(source?.modulePath).toBe(relative(process.cwd(), real.module_path));
            expect(source?.module).toBe(relative(process.cwd(), real.module));
          } finally {
            delete process.env[variable];
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(['amd64', 'arm64'])('are those that node-pre-gyp reveals, for %s', async (cpu) => {
    const folder = writeFiles(temporaryFolder(), { 'package.json': addon });
    for (const target of [own(cpu), own(cpu, 'musl')]) {
      const { output } = await runNode(program, ['reveal', ...asTarget(target), '--loglevel=silent'], {
        cwd: folder,
      });
      const real = JSON.parse(output) as { hosted_tarball: string; module: string };
      const source = preGypSource(requestFor(addon, target), {});
      expect(source?.url).toBe(real.hosted_tarball);
      expect(source?.module).toBe(relative(folder, real.module));
    }
  });
});

async function startMirror(archives: Readonly<Record<string, Uint8Array>>) {
  const server = await startServer((request, response) => {
    const archive = archives[request.url?.split('/').pop() ?? ''];
    if (archive) response.end(archive);
    else response.writeHead(404).end();
  });
  return { ...server, env: { npm_config_the_addon_binary_host_mirror: server.url } };
}

async function archiveOf(...entries: readonly TarEntry[]): Promise<Uint8Array> {
  return gzipMember(Buffer.concat([...writeTarEntries(entries, 0), endOfTar]));
}

const resolve = (env: ScriptEnv, request: NativeRequest) =>
  resolveNative(request, { ...nativeServices(), scriptEnv: async () => env }, createContext());

describe.skipIf(!canCompile)('an addon on a mirror', () => {
  it('comes into the package as node-pre-gyp puts it there, on both platforms', async () => {
    const archives: Record<string, Uint8Array> = {};
    for (const [architecture, cpu] of [
      ['amd64', 'x64'],
      ['arm64', 'arm64'],
    ] as const) {
      archives[`the-addon-napi-v3-linux-${cpu}-glibc.tar.gz`] = await archiveOf(
        directory('napi-v3'),
        file('napi-v3/the-addon.node', compileAddon(architecture, `for ${cpu}`), 0o755),
        file('napi-v3/more/notes.txt', `notes for ${cpu}`),
      );
    }
    await using mirror = await startMirror(archives);
    for (const target of [own('amd64'), own('arm64')]) {
      const { added } = await resolve(mirror.env, requestFor(addon, target));
      const folder = writeFiles(temporaryFolder(), { 'package.json': addon });
      const ended = await runNode(program, ['install', ...asTarget(target)], {
        cwd: folder,
        env: mirror.env,
      });
      expect(ended).toMatchObject({ exitCode: 0 });
      expect(added.map(({ path }) => path)).toEqual([
        'lib/binding/napi-v3/more/notes.txt',
        'lib/binding/napi-v3/the-addon.node',
      ]);
      for (const { path, content } of added) {
        expect(Buffer.from(content).equals(readFileSync(join(folder, path)))).toBe(true);
      }
    }
  }, 60_000);
});

describe('an addon for node-pre-gyp', () => {
  it('that is in the tarball is taken, or replaced when it is for another machine', async () => {
    await using mirror = await startMirror({});
    const path = 'lib/binding/napi-v3/the-addon.node';
    const packed = (machine: string) => {
      const request = requestFor(addon, own('arm64'));
      const files = [{ path, sizeBytes: 1, binary: { format: 'elf', machine } as const }];
      return { ...request, inventory: { ...request.inventory, files } };
    };
    expect(await resolve(mirror.env, packed('arm64'))).toEqual({ leftOut: [], added: [] });
    await expect(resolve(mirror.env, packed('amd64'))).rejects.toMatchObject({
      code: 'CATA_NATIVE_BINARY_UNAVAILABLE',
      message: expect.stringContaining(
        `${mirror.url}/files/v1.0.0/the-addon-napi-v3-linux-arm64-glibc.tar.gz`,
      ),
      hint: expect.stringContaining('"the_addon_binary_host_mirror=…" in .npmrc'),
    });
  });

  it('whose address has what only a fork knows is an error that quotes the script', async () => {
    const manifest = {
      ...addon,
      binary: {
        ...addon.binary,
        package_name: '{module_name}-{libc_version}-napi-v{napi_build_version}.tgz',
      },
    };
    await expect(resolve({}, requestFor(manifest, own('arm64')))).rejects.toMatchObject({
      code: 'CATA_PACKAGE_INSTALL_SCRIPT',
      details: { script: 'node-pre-gyp install --fallback-to-build' },
    });
  });
});
