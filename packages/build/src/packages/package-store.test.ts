import { randomBytes } from 'node:crypto';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  createContext,
  directory,
  endOfTar,
  file,
  type GzipMember,
  readTar,
  streamOf,
  symlink,
} from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { tarList } from '../../testing/layer-tools.ts';
import { integrityOf, npmOptionsFor, packTarball, startRegistry } from '../../testing/npm-registry.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openCache } from '../cache/cache.ts';
import { asPacked } from '../native/native-resolution.ts';
import { DamagedMember } from './kept-members.ts';
import { memberKey } from './member-key.ts';
import type { ResolvedPlace } from './package-place.ts';
import { type PackageStore, packageStore } from './package-store.ts';

const ctx = createContext();
const manifest = file('package/package.json', '{"name":"tiny","version":"1.0.0"}');
const elf = Buffer.concat([Buffer.from('7f454c460201010000000000000000000300b700', 'hex'), Buffer.alloc(44)]);
const tarball = await packTarball([
  manifest,
  file('package/lib/b.js', 'b', 0o600),
  file('package/lib/a.js', 'a', 0o666),
  file('package/bin/run', '#!', 0o744),
  symlink('package/link', '/etc/passwd'),
  directory('package/empty'),
  file('beside', 'not in the folder'),
]);
/** Too large to be unpacked in memory, in what is in it and, with noise, in its tarball. */
const noise = randomBytes(6 * 1024 * 1024);
const large = {
  unpacked: await packTarball([
    manifest,
    file('package/z.txt', Buffer.alloc(9_000_001, 'z')),
    file('package/a.js', 'a'),
  ]),
  packed: await packTarball([
    manifest,
    file('package/lib/noise.bin', noise),
    file('package/lib/addon.node', elf),
  ]),
};

const placeOf = (bytes: Uint8Array, more: Partial<ResolvedPlace> = {}): ResolvedPlace => ({
  name: 'tiny',
  version: '1.0.0',
  integrity: integrityOf(bytes),
  path: 'app/node_modules/tiny',
  resolution: asPacked,
  ...more,
});

async function whole(pieces: AsyncIterable<GzipMember>) {
  const [compressed, uncompressed]: [Uint8Array[], Uint8Array[]] = [[], []];
  for await (const piece of pieces) {
    compressed.push(piece.compressed);
    uncompressed.push(piece.uncompressed);
  }
  return { compressed: Buffer.concat(compressed), uncompressed: Buffer.concat(uncompressed) };
}

const memberOf = async (store: PackageStore, place: ResolvedPlace) => whole(await store.member(place, ctx));

async function made(bytes: Uint8Array, place = placeOf(bytes), mtimeSeconds = 0) {
  await using registry = await startRegistry({ tiny: bytes });
  const options = npmOptionsFor(registry.url, ['fetch-retries=0']);
  await using store = packageStore(openCache(temporaryFolder()), options, mtimeSeconds);
  return await memberOf(store, place);
}

async function entriesOf(uncompressed: Uint8Array) {
  const entries: [string, string, string][] = [];
  for await (const { path, type, mode } of readTar(streamOf(Buffer.concat([uncompressed, endOfTar])))) {
    entries.push([path, type, mode.toString(8)]);
  }
  return entries;
}

const offline = () => Promise.reject(new Error('npm was asked'));

describe('a member', () => {
  it('is the files of the package with npm’s modes, under its place, sorted', async () => {
    const { uncompressed, compressed } = await made(tarball, undefined, 86_400);
    const top = 'app/node_modules/tiny';
    expect(await entriesOf(uncompressed)).toEqual([
      [top, 'directory', '755'],
      [`${top}/bin`, 'directory', '755'],
      [`${top}/bin/run`, 'file', '755'],
      [`${top}/lib`, 'directory', '755'],
      [`${top}/lib/a.js`, 'file', '644'],
      [`${top}/lib/b.js`, 'file', '644'],
      [`${top}/package.json`, 'file', '644'],
    ]);
    expect(tarList(compressed)[0]).toMatch(/^drwxr-xr-x 0\/0 +0 1970-01-02 00:00 app\/node_modules\/tiny\/$/);
  });

  it('lacks what is left out, has what is added, and then is another one', async () => {
    const resolution = {
      leftOut: ['bin/run', 'lib/b.js'],
      added: [{ path: 'build/Release/tiny.node', mode: 0o755, content: Buffer.from('native') }],
    };
    const { uncompressed } = await made(tarball, placeOf(tarball, { resolution }));
    expect(
      (await entriesOf(uncompressed)).map(([path]) => path.slice('app/node_modules/tiny'.length)),
    ).toEqual([
      '',
      '/build',
      '/build/Release',
      '/build/Release/tiny.node',
      '/lib',
      '/lib/a.js',
      '/package.json',
    ]);
    const keys = [asPacked, resolution, { ...resolution, leftOut: [] }, { ...resolution, added: [] }].map(
      (one) => memberKey(placeOf(tarball, { resolution: one }), 0),
    );
    expect(new Set(keys).size).toBe(4);
  });

  it('has the same bytes every time', async () => {
    const [first, second] = [await made(tarball), await made(tarball)];
    expect(Buffer.compare(first.compressed, second.compressed)).toBe(0);
  });

  it('drops the folder at the top, whatever it is called', async () => {
    const { uncompressed } = await made(await packTarball([file('tiny-1.0.0/index.js', 'x')]));
    expect(uncompressed.toString('latin1')).toContain('app/node_modules/tiny/index.js');
  });

  it.each(['package/../../../../etc/cron.d/x', 'package/lib/../../x', '../x', '..//x'])(
    'refuses "%s"',
    async (path) => {
      await expect(made(await packTarball([manifest, file(path, 'x')]))).rejects.toMatchObject({
        code: 'CATA_PACKAGE_TARBALL',
        message: expect.stringMatching(/tarball of tiny@1\.0\.0 cannot be read: it has a file ".*\.\..*x"/),
      });
    },
  );

  it.each([
    ['no gzip', Buffer.from('<html>')],
    ['no gzip, and large', Buffer.concat([Buffer.from('<html>'), noise])],
    ['no tar', gzipSync('no archive'.repeat(100))],
    ['cut short', tarball.subarray(0, 60)],
    ['large and cut short', large.packed.subarray(0, 3_000_000)],
  ])('refuses what is %s', async (_, bytes) => {
    await expect(made(bytes)).rejects.toMatchObject({
      code: 'CATA_PACKAGE_TARBALL',
      cause: expect.anything(),
    });
  });

  it.each([
    ['small', tarball],
    ['large when unpacked', large.unpacked],
    ['large as a tarball', large.packed],
  ])('that is %s is kept: made again without the registry', async (_, bytes) => {
    const folder = temporaryFolder();
    const place = placeOf(bytes);
    const registry = await startRegistry({ tiny: bytes });
    const store = packageStore(openCache(folder), npmOptionsFor(registry.url), 0);
    const first = await memberOf(store, place);
    await store[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
    const kept = await memberOf(packageStore(openCache(folder), offline, 0), place);
    expect(kept.compressed.equals(first.compressed)).toBe(true);
    expect(kept.uncompressed.equals(first.uncompressed)).toBe(true);
    for (const [other, mtime] of [
      [placeOf(bytes, { path: 'app/node_modules/x/node_modules/tiny' }), 0],
      [place, 1],
    ] as const) {
      const elsewhere = packageStore(openCache(folder), offline, mtime);
      await expect(memberOf(elsewhere, other)).rejects.toThrow('npm was asked');
    }
  });

  it('that is large is in the order of a layer, with all that is in it', async () => {
    const { uncompressed } = await made(large.packed);
    const entries = await entriesOf(uncompressed);
    expect(entries.map(([path]) => path.slice('app/node_modules/tiny'.length))).toEqual([
      '',
      '/lib',
      '/lib/addon.node',
      '/lib/noise.bin',
      '/package.json',
    ]);
    expect(uncompressed.includes(noise)).toBe(true);
  });

  it('is made again when the small one that is kept is damaged', async () => {
    await using registry = await startRegistry({ tiny: tarball });
    const folder = temporaryFolder();
    const place = placeOf(tarball);
    const store = () => packageStore(openCache(folder), npmOptionsFor(registry.url), 0);
    const first = await memberOf(store(), place);
    const key = memberKey(place, 0);
    const path = join(folder, 'members', key.slice(0, 2), key);
    for (const sizeBytes of [0, 40]) {
      truncateSync(path, sizeBytes);
      expect((await memberOf(store(), place)).compressed.equals(first.compressed)).toBe(true);
    }
    expect(readdirSync(join(path, '..'))).toEqual([key]);
  });

  it('says so, and is removed, when the large one that is kept is damaged', async () => {
    await using registry = await startRegistry({ tiny: large.packed });
    const folder = temporaryFolder();
    const place = placeOf(large.packed);
    await using store = packageStore(openCache(folder), npmOptionsFor(registry.url), 0);
    const first = await memberOf(store, place);
    const key = memberKey(place, 0);
    const path = join(folder, 'members', key.slice(0, 2), key);
    writeFileSync(path, Buffer.concat([first.compressed.subarray(0, -9), Buffer.alloc(9)]));
    await expect(memberOf(store, place)).rejects.toBeInstanceOf(DamagedMember);
    expect((await memberOf(store, place)).compressed.equals(first.compressed)).toBe(true);
  });
});

describe('an inventory', () => {
  it('says what is in a package, without asking for it again', async () => {
    const folder = temporaryFolder();
    const registry = await startRegistry({ tiny: large.packed });
    await using store = packageStore(openCache(folder), npmOptionsFor(registry.url), 0);
    const inventory = await store.inventory(placeOf(large.packed), ctx);
    expect(inventory).toEqual({
      name: 'tiny',
      version: '1.0.0',
      manifest: { name: 'tiny', version: '1.0.0' },
      files: [
        { path: 'lib/addon.node', sizeBytes: 64, binary: { format: 'elf', machine: 'arm64' } },
        { path: 'lib/noise.bin', sizeBytes: noise.byteLength },
        { path: 'package.json', sizeBytes: 33 },
      ],
    });
    expect(Buffer.from((await store.readFile(placeOf(large.packed), 'lib/addon.node', ctx)) ?? '')).toEqual(
      elf,
    );
    expect(await store.readFile(placeOf(large.packed), 'lib/other', ctx)).toBeUndefined();
    await registry[Symbol.asyncDispose]();
    const again = packageStore(openCache(folder), offline, 0);
    expect(await again.inventory(placeOf(large.packed), ctx)).toEqual(inventory);
  });

  it('leaves the member of a package without native code behind', async () => {
    const folder = temporaryFolder();
    const registry = await startRegistry({ tiny: tarball });
    const store = packageStore(openCache(folder), npmOptionsFor(registry.url), 0);
    await Promise.all([1, 2, 3].map(() => store.inventory(placeOf(tarball), ctx)));
    expect(registry.requests.filter((path) => path.endsWith('.tgz'))).toHaveLength(1);
    await registry[Symbol.asyncDispose]();
    const kept = await memberOf(packageStore(openCache(folder), offline, 0), placeOf(tarball));
    expect(kept.compressed.equals((await made(tarball)).compressed)).toBe(true);
  });

  it('refuses a package.json that is none', async () => {
    await using registry = await startRegistry({
      tiny: await packTarball([file('package/package.json', '[')]),
    });
    const place = placeOf(await packTarball([file('package/package.json', '[')]));
    const store = packageStore(openCache(temporaryFolder()), npmOptionsFor(registry.url), 0);
    await expect(store.inventory(place, ctx)).rejects.toMatchObject({ code: 'CATA_PACKAGE_TARBALL' });
  });
});
