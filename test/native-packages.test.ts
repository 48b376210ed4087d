import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { parsePlatform } from '@catamaran/oci';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { canCompile } from '../packages/build/testing/native-addon.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { buildChecked, buildNativePackage, type NativeSurroundings } from './support/build-native-package.ts';
import { compareWithReadelf } from './support/compare-with-readelf.ts';
import { fetchedAddonProject } from './support/fetched-addon.ts';
import {
  type NativePackage,
  nativePackages,
  workspaceOf,
  writeLockedWorkspaces,
} from './support/native-packages.ts';
import { readElfMachines } from './support/read-elf-machines.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { unpackLayers } from './support/unpack-layers.ts';

const execute = promisify(execFile);
const tools = await requireTools('qemu-aarch64-static', 'readelf', 'tar');
const machines = { 'linux/amd64': 'Advanced Micro Devices X86-64', 'linux/arm64': 'AArch64' } as const;
type PlatformName = keyof typeof machines;

/** As Linux describes an arm64 machine; a Neoverse N1. */
const cpuinfo = `processor\t: 0
BogoMIPS\t: 50.00
Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp
CPU implementer\t: 0x41
CPU architecture: 8
CPU variant\t: 0x3
CPU part\t: 0xd0c
CPU revision\t: 1

`;

/** What a build makes of packages and of the application, in the words of an image's history. */
const isApp = (createdBy: string) => /^catamaran: (?:Packages|Native packages|application)/.test(createdBy);

const cases = nativePackages.flatMap((one) =>
  (Object.keys(machines) as PlatformName[]).map((platform) => {
    const title = `${one.name}@${one.version}${one.native ? ` (${one.native})` : ''} for ${platform}`;
    return { title, one, platform, outcome: one.outcome[platform] };
  }),
);

it('there are at least 40 packages, each once by name, version and setting', () => {
  expect(new Set(nativePackages.map(({ name }) => name)).size).toBeGreaterThanOrEqual(40);
  expect(new Set(nativePackages.map(workspaceOf)).size).toBe(nativePackages.length);
});

describe.skipIf(!tools).concurrent('a real package with native code:', () => {
  vi.setConfig({ maxConcurrency: 2, testTimeout: 300_000, hookTimeout: 300_000 });
  const folder = temporaryFolder();
  const root = join(folder, 'workspaces');
  const arm64Root = join(folder, 'arm64');
  let server: Server;
  let surroundings: NativeSurroundings;

  beforeAll(async () => {
    await writeLockedWorkspaces(root);
    server = createServer((_, response) => response.writeHead(404).end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    surroundings = { root, cacheFolder: join(folder, 'cache'), mirror };
    const [first] = nativePackages.filter(({ kind }) => kind === 'harmless script');
    if (!first) throw new Error('There is no package to take the base from.');
    const image = await buildNativePackage(first, parsePlatform('linux/arm64'), surroundings);
    await unpackLayers(image, arm64Root, (createdBy) => !isApp(createdBy));
    // qemu takes what is here for the machine's own: some libraries cannot bear this machine's, and are not asked to.
    mkdirSync(join(arm64Root, 'proc'), { recursive: true });
    writeFileSync(join(arm64Root, 'proc/cpuinfo'), cpuinfo);
  });
  afterAll(() => {
    server.close();
  });

  it.each(cases)('$title', async ({ one, platform, outcome }) => {
    const build = buildNativePackage(one, parsePlatform(platform), surroundings);
    if ('error' in outcome) {
      const error = await build.then(
        () => undefined,
        (cause: Error & { code?: string; hint?: string }) => cause,
      );
      expect(error?.code).toBe(outcome.error);
      for (const name of outcome.names) {
        expect(error?.message).toContain(name.replace('{mirror}', surroundings.mirror));
      }
      return;
    }
    const unpacked = join(folder, workspaceOf(one), platform);
    try {
      await unpackLayers(await build, unpacked, isApp);
      const found = await readElfMachines(unpacked);
      expect([...found.keys()].map((path) => relative(join(unpacked, 'app'), path)).sort()).toEqual(
        outcome.files,
      );
      expect([...new Set(found.values())]).toEqual(found.size > 0 ? [machines[platform]] : []);
      expect((await compareWithReadelf(unpacked)).different).toEqual([]);
      if (platform === 'linux/arm64') await startOnArm64(one, join(unpacked, 'app'));
    } finally {
      rmSync(unpacked, { recursive: true, force: true });
    }
  });

  it('what they run on, a base with Node.js, is read as readelf reads it', async () => {
    const { files, different } = await compareWithReadelf(arm64Root);
    expect(different).toEqual([]);
    expect(files).toBeGreaterThan(100);
  });

  it.skipIf(!canCompile)('one that fetches its addon has that of each platform', async () => {
    const project = join(folder, 'fetched');
    using _ = await fetchedAddonProject(project);
    for (const platform of ['linux/amd64', 'linux/arm64'] as const) {
      const image = await buildChecked(project, parsePlatform(platform), surroundings.cacheFolder, {});
      const unpacked = join(folder, 'fetched-image', platform);
      await unpackLayers(image, unpacked, isApp);
      const addon = join(unpacked, 'app/node_modules/@local/addon/build/Release/addon.node');
      expect(await readElfMachines(unpacked)).toEqual(new Map([[addon, machines[platform]]]));
      if (platform !== 'linux/arm64') continue;
      const { stdout } = await onArm64(join(unpacked, 'app'), node, join(unpacked, 'app/main.mjs'));
      expect(stdout).toBe('from arm64\nloaded\n');
    }
  });

  const node = join(arm64Root, 'usr/local/bin/node');

  /** Runs a program with the image's libraries, under qemu. */
  function onArm64(app: string, ...args: readonly string[]) {
    const home = join(app, 'home');
    mkdirSync(home, { recursive: true });
    return execute('qemu-aarch64-static', ['-L', arm64Root, ...args], { cwd: app, env: { HOME: home } });
  }

  /** Starts the image's program. */
  async function startOnArm64(one: NativePackage, app: string): Promise<void> {
    const main = join(app, 'packages', workspaceOf(one), 'main.mjs');
    const { stdout } = await onArm64(app, node, main);
    expect(stdout.trim().split('\n').at(-1)).toBe('loaded');
    if (!one.program) return;
    const [path, ...args] = one.program;
    expect((await onArm64(app, join(app, path), ...args)).stdout).not.toBe('');
  }
});
