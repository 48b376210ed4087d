import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createContext, directory, endOfTar, file, readTar, streamOf, symlink } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { tarList } from '../../testing/layer-tools.ts';
import { integrityOf, npmOptionsFor, packTarball, startRegistry } from '../../testing/npm-registry.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openCache } from '../cache/cache.ts';
import { type PackagePlace, packageMember, packageMemberKey } from './package-member.ts';

const ctx = createContext();
const tarball = await packTarball([
  file('package/package.json', '{}'),
  file('package/lib/b.js', 'b', 0o600),
  file('package/lib/a.js', 'a', 0o666),
  file('package/bin/run', '#!', 0o744),
  symlink('package/link', '/etc/passwd'),
  directory('package/empty'),
  file('beside', 'not in the folder'),
]);
const placeOf = (bytes: Uint8Array, path = 'app/node_modules/tiny'): PackagePlace => ({
  name: 'tiny',
  version: '1.0.0',
  integrity: integrityOf(bytes),
  path,
});

async function memberOf(bytes: Uint8Array, place = placeOf(bytes), mtimeSeconds = 0) {
  await using registry = await startRegistry({ tiny: bytes });
  const cache = openCache(temporaryFolder());
  return await packageMember(place, mtimeSeconds, cache, npmOptionsFor(registry.url), ctx);
}

describe('packageMember', () => {
  it('is the files of the package with npm’s modes, under its place, sorted', async () => {
    const { uncompressed, compressed } = await memberOf(tarball, undefined, 86_400);
    const entries = [];
    for await (const { path, type, mode } of readTar(streamOf(Buffer.concat([uncompressed, endOfTar])))) {
      entries.push([path, type, mode.toString(8)]);
    }
    const top = 'app/node_modules/tiny';
    expect(entries).toEqual([
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

  it('has the same bytes every time', async () => {
    const [first, second] = [await memberOf(tarball), await memberOf(tarball)];
    expect(Buffer.compare(first.compressed, second.compressed)).toBe(0);
  });

  it('drops the folder at the top, whatever it is called', async () => {
    const { uncompressed } = await memberOf(await packTarball([file('tiny-1.0.0/index.js', 'x')]));
    expect(Buffer.from(uncompressed).toString('latin1')).toContain('app/node_modules/tiny/index.js');
  });

  it.each(['package/../../../../etc/cron.d/x', 'package/lib/../../x', '../x', '..//x'])(
    'refuses "%s"',
    async (path) => {
      const bytes = await packTarball([file('package/package.json', '{}'), file(path, 'x')]);
      await expect(memberOf(bytes)).rejects.toMatchObject({
        code: 'CATA_PACKAGE_TARBALL',
        message: expect.stringMatching(/tarball of tiny@1\.0\.0 cannot be read: it has a file ".*\.\..*x"/),
      });
    },
  );

  it.each([
    ['no gzip', Buffer.from('<html>')],
    ['no tar', gzipSync('no archive'.repeat(100))],
    ['cut short', tarball.subarray(0, 60)],
  ])('refuses what is %s', async (_, bytes) => {
    await expect(memberOf(bytes)).rejects.toMatchObject({
      code: 'CATA_PACKAGE_TARBALL',
      cause: expect.anything(),
    });
  });

  it('is kept: made again without the registry, and for every place and time by itself', async () => {
    const folder = temporaryFolder();
    const place = placeOf(tarball);
    const registry = await startRegistry({ tiny: tarball });
    const made = await packageMember(place, 0, openCache(folder), npmOptionsFor(registry.url), ctx);
    await registry[Symbol.asyncDispose]();
    const offline = () => Promise.reject(new Error('npm was asked'));
    const kept = await packageMember(place, 0, openCache(folder), offline, ctx);
    expect(Buffer.compare(kept.compressed, made.compressed)).toBe(0);
    expect(Buffer.compare(kept.uncompressed, made.uncompressed)).toBe(0);
    for (const [other, mtime] of [
      [placeOf(tarball, 'app/node_modules/x/node_modules/tiny'), 0],
      [place, 1],
    ] as const) {
      await expect(packageMember(other, mtime, openCache(folder), offline, ctx)).rejects.toThrow(
        'npm was asked',
      );
    }
  });

  it('is made again when the one that is kept is damaged', async () => {
    await using registry = await startRegistry({ tiny: tarball });
    const folder = temporaryFolder();
    const place = placeOf(tarball);
    const options = npmOptionsFor(registry.url);
    const made = await packageMember(place, 0, openCache(folder), options, ctx);
    const key = packageMemberKey(place, 0);
    const path = join(folder, 'members', key.slice(0, 2), key);
    for (const sizeBytes of [0, 40]) {
      truncateSync(path, sizeBytes);
      const again = await packageMember(place, 0, openCache(folder), options, ctx);
      expect(Buffer.compare(again.compressed, made.compressed)).toBe(0);
    }
    expect(readdirSync(join(path, '..'))).toEqual([key]);
  });
});
