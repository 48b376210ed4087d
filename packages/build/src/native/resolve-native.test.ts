import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../testing/debian-archive.ts';
import { canCompile, compileAddon } from '../../testing/native-addon.ts';
import { nativeRequest, nativeServices } from '../../testing/native-request.ts';
import { startServer } from '../../testing/start-server.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import { RecordedInputs } from '../inputs/input-log.ts';
import type { NativeSetting } from '../project/native-schema.ts';
import { resolveNative } from './resolve-native.ts';

const resolve = (parts: Parameters<typeof nativeRequest>[0], services = nativeServices()) =>
  resolveNative(nativeRequest(parts), services, createContext());
const script = { manifest: { scripts: { install: 'make everything' } } };
const elf = (path: string, machine: string) => ({
  path,
  sizeBytes: 1,
  binary: { format: 'elf', machine } as const,
});

describe('an install script of which nothing is known', () => {
  it('is an error that quotes it and says what there is', async () => {
    await expect(resolve(script)).rejects.toMatchObject({
      code: 'CATA_PACKAGE_INSTALL_SCRIPT',
      message: expect.stringMatching(
        /^The package addon@1\.0\.0 .* linux\/arm64 .* without native code\. The script: make everything$/,
      ),
      hint: expect.stringContaining('app.native["addon"] to "skip"'),
    });
    const foreign = { ...script, files: [elf('a.node', 'amd64')] };
    await expect(resolve(foreign)).rejects.toThrow('it has elf for amd64 only');
    const own = { ...script, files: [elf('bin/linux-arm64/a.node', 'arm64')] };
    await expect(resolve(own)).rejects.toThrow('its "bin/linux-arm64/a.node" may be all that it needs');
  });

  it('is one even where only the lockfile has it', async () => {
    await expect(resolve({ hasInstallScript: true })).rejects.toMatchObject({
      code: 'CATA_PACKAGE_INSTALL_SCRIPT',
    });
  });

  it('is shortened when it is long', async () => {
    const manifest = { scripts: { install: `make ${'x'.repeat(1000)}` } };
    await expect(resolve({ manifest })).rejects.toThrow(/: make x{154}…$/);
  });
});

it('a package is as packed when its own for the platform is there', async () => {
  const own = { ...script, platformPackages: ['addon-linux-arm64'] };
  expect(await resolve(own)).toEqual({ leftOut: [], added: [] });
});

describe('without an install script', () => {
  it('what is for others is left out, and what has no counterpart stays for the check to find', async () => {
    const files = [elf('linux-arm64/a.node', 'arm64'), elf('linux-x64/a.node', 'amd64'), elf('b', 'amd64')];
    expect(await resolve({ files })).toEqual({ leftOut: ['linux-x64/a.node'], added: [] });
  });
});

describe('a package that is said to work without its script', () => {
  const skip = { ...script, setting: 'skip' } as const;

  it('is as it is packed, without native code that cannot run', async () => {
    expect(await resolve(skip)).toEqual({ leftOut: [], added: [] });
    const files = [elf('prebuilds/linux-x64/a.node', 'amd64'), elf('own.node', 'arm64')];
    expect((await resolve({ ...skip, files })).leftOut).toEqual(['prebuilds/linux-x64/a.node']);
  });

  it('still gets the native code that it has for the target', async () => {
    const files = [
      elf('prebuilds/linux-arm64/a.node', 'arm64'),
      elf('prebuilds/linux-arm64/a.musl.node', 'arm64'),
    ];
    const manifest = { scripts: script.manifest.scripts, dependencies: { 'node-gyp-build': '4' } };
    expect((await resolve({ ...skip, manifest, files })).leftOut).toEqual([
      'prebuilds/linux-arm64/a.musl.node',
    ]);
  });
});

describe.skipIf(!canCompile)('a file of the project', () => {
  const addon = canCompile ? compileAddon('arm64', 'own') : Buffer.alloc(0);
  const setting = (path: string, to?: string): NativeSetting => ({
    file: { 'linux/arm64': path },
    ...(to ? { to } : {}),
  });

  it('is put where it is said to go, and is an input of the build', async () => {
    const inputs = new RecordedInputs();
    const folder = writeFiles(temporaryFolder(), { 'native/arm64.node': addon });
    const services = nativeServices({ folder, inputs });
    const files = [elf('prebuilds/linux-x64/a.node', 'amd64')];
    const own = await resolve(
      { ...script, files, setting: setting('native/arm64.node', 'lib/a.node') },
      services,
    );
    expect(own.added.map(({ path, mode }) => [path, mode])).toEqual([['lib/a.node', 0o755]]);
    expect(Buffer.from(own.added[0]?.content ?? []).equals(addon)).toBe(true);
    expect(own.leftOut).toEqual(['prebuilds/linux-x64/a.node']);
    expect(inputs.inputs.files).toEqual([`${folder}/native/arm64.node`]);
    const usual = await resolve({ ...script, setting: setting('native/arm64.node') }, services);
    expect(usual.added.map(({ path }) => path)).toEqual(['build/Release/arm64.node']);
  });

  it('may lie on a server, with its hash', async () => {
    await using server = await startServer((_, response) => response.end(addon));
    const url = `${server.url}/files/own.node`;
    const { added } = await resolve({ ...script, setting: setting(`${url}#sha256=${sha256(addon)}`) });
    expect(added.map(({ path }) => path)).toEqual(['build/Release/own.node']);
    await expect(
      resolve({ ...script, setting: setting(`${url}#sha256=${'0'.repeat(64)}`) }),
    ).rejects.toMatchObject({
      code: 'CATA_NATIVE_BINARY_UNAVAILABLE',
    });
  });

  it.each([
    ['is for another machine', compileAddonFor('amd64'), 'CATA_NATIVE_BINARY_WRONG'],
    ['is no native code', Buffer.from('hello'), 'CATA_NATIVE_BINARY_WRONG'],
    ['is not there', undefined, 'CATA_NATIVE_FILE_UNREADABLE'],
  ])('is refused when it %s', async (_, content, code) => {
    const folder = writeFiles(temporaryFolder(), content ? { 'a.node': content } : {});
    const attempt = resolve({ ...script, setting: setting('a.node') }, nativeServices({ folder }));
    await expect(attempt).rejects.toMatchObject({ code, message: expect.stringContaining('a.node') });
  });

  it('has to be named for every platform', async () => {
    const attempt = resolve({ ...script, setting: { file: { 'linux/amd64': 'a.node' } } });
    await expect(attempt).rejects.toMatchObject({
      code: 'CATA_NATIVE_FILE_MISSING',
      message: 'app.native["addon"] names no file for linux/arm64.',
    });
  });
});

function compileAddonFor(architecture: 'amd64' | 'arm64') {
  return canCompile ? compileAddon(architecture, 'x') : Buffer.alloc(0);
}

it('crossCompile is told apart from a mistake', async () => {
  await expect(resolve({ ...script, setting: { crossCompile: true } })).rejects.toMatchObject({
    code: 'CATA_NATIVE_CROSS_COMPILE',
  });
});
