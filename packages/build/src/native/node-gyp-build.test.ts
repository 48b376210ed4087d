import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nativeRequest } from '../../testing/native-request.ts';
import { targetOf } from '../../testing/target-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import type { Libc, Target } from '../target/target.ts';
import { choosePrebuild, nodeGypBuild } from './node-gyp-build.ts';

const require = createRequire(import.meta.url);

/** What the real node-gyp-build chooses in a folder, if it takes this machine for the target. */
function realChoice(folder: string, target: Target): string | undefined {
  const cpu = target.platform.architecture === 'amd64' ? 'x64' : 'arm64';
  const told = { npm_config_arch: cpu, npm_config_platform: 'linux', LIBC: target.libc };
  const before = { ...process.env };
  Object.assign(process.env, told);
  try {
    const path = require.resolve('node-gyp-build/node-gyp-build.js');
    delete require.cache[path];
    const { resolve } = require(path) as { resolve(folder: string): string };
    return relative(folder, resolve(folder));
  } catch (error) {
    if (String(error).includes('No native build was found')) return undefined;
    throw error;
  } finally {
    process.env = before;
  }
}

/** The Node.js that runs this, since node-gyp-build asks it for its ABI. */
const target = (architecture: string, libc: Libc): Target => ({
  ...targetOf(`linux/${architecture}`, libc),
  nodeVersion: process.versions.node,
});

const abi = process.versions.modules;
const tag = fc.constantFrom(
  'node',
  'electron',
  'node-webkit',
  'napi',
  `abi${abi}`,
  'abi108',
  'uv1',
  'uv2',
  'armv7',
  'armv8',
  'glibc',
  'musl',
  'addon',
  '@scope+name',
);
const fileName = fc
  .tuple(fc.array(tag, { minLength: 1, maxLength: 5 }), fc.constantFrom('.node', '.node', '.node', '.txt'))
  .map(([tags, extension]) => `${tags.join('.')}${extension}`);
const folderName = fc.constantFrom(
  'linux-x64',
  'linux-arm64',
  'linux-x64+arm64',
  'linux-arm64+x64+arm',
  'darwin-x64',
  'linux',
  'linux-',
  'linux-x64-musl',
  'linuxmusl-x64',
  'win32-x64',
);
const paths = fc.uniqueArray(
  fc.tuple(folderName, fileName).map(([folder, name]) => `prebuilds/${folder}/${name}`),
  { maxLength: 12 },
);

describe('choosePrebuild', () => {
  it('chooses as node-gyp-build does, whatever there is to choose from', () => {
    fc.assert(
      fc.property(
        paths,
        fc.constantFrom('amd64', 'arm64'),
        fc.constantFrom<Libc>('glibc', 'musl'),
        (list, cpu, libc) => {
          const folder = writeFiles(temporaryFolder(), Object.fromEntries(list.map((path) => [path, ''])));
          expect(choosePrebuild(list, target(cpu, libc))).toBe(realChoice(folder, target(cpu, libc)));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('takes the image’s Node.js, not the one that builds', () => {
    const list = ['abi127', 'abi137', 'abi147'].map((one) => `prebuilds/linux-arm64/a.${one}.node`);
    const chosen = (nodeVersion: string) => choosePrebuild(list, { ...targetOf('linux/arm64'), nodeVersion });
    expect(chosen('22.20.0')).toBe('prebuilds/linux-arm64/a.abi127.node');
    expect(chosen('26.0.0')).toBe('prebuilds/linux-arm64/a.abi147.node');
    expect(chosen('25.0.0')).toBeUndefined();
  });
});

/** Files as [path, machine]; ELF but for a machine "text". */
const resolve = (...list: readonly (readonly [string, string])[]) =>
  nodeGypBuild(
    nativeRequest({
      manifest: { dependencies: { 'node-gyp-build': '^4' } },
      files: list.map(([path, machine]) => ({
        path,
        sizeBytes: 1,
        ...(machine === 'text' ? {} : { binary: { format: 'elf', machine } as const }),
      })),
    }),
  );

describe('a package that uses node-gyp-build', () => {
  const arm64 = ['prebuilds/linux-arm64/a.glibc.node', 'arm64'] as const;

  it('keeps what it loads on the target, and what lies beside it that is no choice', async () => {
    const resolution = await resolve(
      arm64,
      ['prebuilds/linux-arm64/a.musl.node', 'arm64'],
      ['prebuilds/linux-arm64/libneeded.so', 'arm64'],
      ['prebuilds/linux-x64/a.node', 'amd64'],
      ['prebuilds/win32-x64/a.dll', 'text'],
      ['prebuilds/LICENSE', 'text'],
      ['index.js', 'text'],
    );
    expect(resolution).toEqual({
      leftOut: [
        'prebuilds/linux-arm64/a.musl.node',
        'prebuilds/linux-x64/a.node',
        'prebuilds/win32-x64/a.dll',
      ],
      added: [],
    });
  });

  it('loads what was compiled first: for another machine that is left out, so that it does not', async () => {
    const foreign = await resolve(arm64, ['build/Release/a.node', 'amd64'], ['build/Debug/b.node', 'amd64']);
    expect(foreign?.leftOut).toEqual(['build/Release/a.node', 'build/Debug/b.node']);
    expect((await resolve(arm64, ['build/Release/a.node', 'arm64']))?.leftOut).toEqual([]);
  });

  it('is not resolved by it where it would find nothing', async () => {
    expect(await resolve(['prebuilds/linux-x64/a.node', 'amd64'])).toBeUndefined();
    expect(await nodeGypBuild(nativeRequest({ files: [{ path: arm64[0], sizeBytes: 1 }] }))).toBeUndefined();
  });

  it.each(['amd64', 'text'])(
    'is refused when what it would load is not for the target (%s)',
    async (machine) => {
      await expect(resolve([arm64[0], machine])).rejects.toMatchObject({
        code: 'CATA_NATIVE_BINARY_WRONG',
        message: expect.stringContaining(`does not fit linux/arm64: ${arm64[0]}`),
      });
    },
  );

  it('is the same to the real one once the rest is left out', async () => {
    const all = [
      arm64[0],
      'prebuilds/linux-arm64/a.musl.node',
      'prebuilds/linux-x64/a.node',
      'build/Release/a.node',
    ];
    const resolution = await resolve(
      ...all.map((path) => [path, path.includes('arm64') ? 'arm64' : 'amd64'] as const),
    );
    const kept = all.filter((path) => !resolution?.leftOut.includes(path));
    const folder = writeFiles(temporaryFolder(), Object.fromEntries(kept.map((path) => [path, ''])));
    expect(join(realChoice(folder, target('arm64', 'glibc')) ?? '')).toBe(arm64[0]);
  });
});
