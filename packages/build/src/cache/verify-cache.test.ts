import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, digestHex, file, gzipMember } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { filesIn } from '../../testing/cache-folder.ts';
import { listLayer } from '../../testing/layer-tools.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openCache } from './cache.ts';
import { entriesLayer } from './entries-layer.ts';
import { verifyCache } from './verify-cache.ts';

const ctx = createContext();
const recipe = { key: 'ab12', title: 'A layer' };
const makeLayer = (folder: string) =>
  entriesLayer(recipe, openCache(folder), 0, ctx, async () => [file('a', 'text')]);

/** One entry of each kind that is known, and one of a kind that is not. */
async function filledCache() {
  const folder = temporaryFolder();
  const cache = openCache(folder);
  const { digest } = await (await makeLayer(folder)).descriptor();
  await cache.putBytes('members', 'cd34', await gzipMember(Buffer.alloc(10_000, 'package')));
  await cache.putJson('scans', '2-sha256-ef', { entries: [] });
  await cache.putBytes('unheard-of', 'aa11', Buffer.from('neither JSON nor gzip'));
  return { folder, blob: `blobs/sha256/${digestHex(digest)}` };
}

const paths = { layers: 'layers/ab/ab12', members: 'members/cd/cd34', scans: 'scans/2-/2-sha256-ef' };

describe('verifyCache', () => {
  it('finds all whole, and says what it cannot judge', async () => {
    const { folder } = await filledCache();
    const before = filesIn(folder);
    const verified = await verifyCache(folder, ctx);
    expect(verified.damaged).toEqual([]);
    expect(verified.whole.entries).toBe(4);
    expect(verified.unchecked.entries).toBe(1);
    expect(filesIn(folder)).toEqual(before);
  });

  it.each([
    { what: 'a torn blob', path: 'blob', damage: torn, reason: 'digest' },
    { what: 'a blob with a changed byte', path: 'blob', damage: changed, reason: 'digest' },
    { what: 'an empty blob', path: 'blob', damage: empty, reason: 'digest' },
    { what: 'a torn member', path: paths.members, damage: torn, reason: 'decompressed' },
    { what: 'a member with a changed byte', path: paths.members, damage: changed, reason: 'decompressed' },
    { what: 'an empty member', path: paths.members, damage: empty, reason: 'empty' },
    { what: 'a torn record', path: paths.layers, damage: torn, reason: 'JSON' },
    { what: 'an empty record', path: paths.scans, damage: empty, reason: 'JSON' },
  ])('removes $what, and nothing else', async ({ path, damage, reason }) => {
    const { folder, blob } = await filledCache();
    const damagedPath = path === 'blob' ? blob : path;
    const before = filesIn(folder);
    damage(join(folder, damagedPath));
    const { damaged } = await verifyCache(folder, ctx);
    expect(damaged).toHaveLength(1);
    expect(damagedPath).toMatch(new RegExp(`^${damaged[0]?.kind}/.*${damaged[0]?.key}$`));
    expect(damaged[0]?.reason).toContain(reason);
    expect(filesIn(folder)).toEqual(before.filter((one) => one !== damagedPath));
    expect((await verifyCache(folder, ctx)).damaged).toEqual([]);
  });

  it('leaves a cache from which all is made as it was', async () => {
    const { folder, blob } = await filledCache();
    const before = readFileSync(join(folder, blob));
    changed(join(folder, blob));
    await verifyCache(folder, ctx);
    expect(await listLayer(await makeLayer(folder))).toHaveLength(1);
    expect(readFileSync(join(folder, blob)).equals(before)).toBe(true);
  });

  it('stops when it is told to', async () => {
    const { folder } = await filledCache();
    const signal = AbortSignal.abort(new Error('told to'));
    await expect(verifyCache(folder, createContext({ signal }))).rejects.toThrow('told to');
  });
});

function torn(path: string): void {
  truncateSync(path, Math.floor(readFileSync(path).byteLength / 2));
}

function empty(path: string): void {
  truncateSync(path, 0);
}

/** Where neither gzip's header nor the digest's blindness could hide it. */
function changed(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.byteLength - 6] = (bytes[bytes.byteLength - 6] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
}
