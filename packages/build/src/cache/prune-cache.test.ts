import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { age, filesIn } from '../../testing/cache-folder.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openCache } from './cache.ts';
import { clearCache } from './clear-cache.ts';
import { measureCache } from './measure-cache.ts';
import { pruneCache } from './prune-cache.ts';

const ctx = createContext();
const hour = 3_600_000;

/** Entries by their paths, with how many hours ago they were last used; each has 100 bytes. */
function cacheOf(entries: Readonly<Record<string, number>>): string {
  const folder = temporaryFolder();
  for (const [path, hours] of Object.entries(entries)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.alloc(100));
    age(file, hours);
  }
  return folder;
}

describe('measureCache', () => {
  it('counts by kind, the largest first, and what is being written apart', async () => {
    const folder = cacheOf({
      'layers/ab/abc': 3,
      'blobs/sha256/11': 1,
      'blobs/sha256/22': 2,
      'blobs/sha256/.1-ab.tmp': 2,
      'some/other/depth/of/folders': 9,
    });
    const usage = await measureCache(folder);
    expect(usage).toMatchObject({ entries: 4, sizeBytes: 400, temporary: { entries: 1, sizeBytes: 100 } });
    expect(usage.kinds.map(({ kind, entries, sizeBytes }) => [kind, entries, sizeBytes])).toEqual([
      ['blobs', 2, 200],
      ['layers', 1, 100],
      ['some', 1, 100],
    ]);
    const [blobs] = usage.kinds;
    expect(Math.round(((blobs?.latestUseMs ?? 0) - (blobs?.oldestUseMs ?? 0)) / hour)).toBe(1);
  });

  it('of a cache that is not there is nothing', async () => {
    const usage = await measureCache(join(temporaryFolder(), 'nowhere'));
    expect(usage).toMatchObject({ entries: 0, sizeBytes: 0, kinds: [] });
  });
});

describe('pruneCache', () => {
  it('by age takes what was last used before, of any kind', async () => {
    const folder = cacheOf({ 'layers/ab/old': 50, 'new-kind/ab/old': 49, 'blobs/sha256/new': 47 });
    const pruned = await pruneCache(folder, { maxAgeMs: 48 * hour }, ctx);
    expect(filesIn(folder)).toEqual(['blobs/sha256/new']);
    expect(pruned).toMatchObject({
      removed: { entries: 2, sizeBytes: 200 },
      kept: { entries: 1, sizeBytes: 100 },
      inUse: { entries: 0 },
    });
  });

  it('by size takes what was used least lately, and no more than is too much', async () => {
    const folder = cacheOf({ 'a/aa/9': 9, 'b/bb/7': 7, 'c/cc/8': 8, 'd/dd/6': 6 });
    await pruneCache(folder, { maxSizeBytes: 250 }, ctx);
    expect(filesIn(folder)).toEqual(['b/bb/7', 'd/dd/6']);
  });

  it('never takes what was used within the last hour, and says so', async () => {
    const folder = cacheOf({ 'a/aa/recent': 0.9, 'a/aa/old': 2 });
    const pruned = await pruneCache(folder, { maxAgeMs: 0, maxSizeBytes: 0 }, ctx);
    expect(filesIn(folder)).toEqual(['a/aa/recent']);
    expect(pruned.inUse).toEqual({ entries: 1, sizeBytes: 100 });
  });

  it('takes an old entry that was just used for a recent one', async () => {
    const folder = cacheOf({});
    await openCache(folder).putJson('kind', 'used', 1);
    await openCache(folder).putJson('kind', 'unused', 1);
    for (const path of filesIn(folder)) age(join(folder, path), 100);
    await openCache(folder).getJson('kind', 'used');
    await pruneCache(folder, { maxAgeMs: 48 * hour }, ctx);
    expect(filesIn(folder)).toEqual(['kind/us/used']);
  });

  it('sweeps what killed builds were writing, whatever the limits, and leaves what is being written', async () => {
    const folder = cacheOf({
      'blobs/sha256/.7-ab.tmp': 3,
      'layers/ab/abc.8-cd.tmp': 0.1,
      'layers/ab/abc': 3,
    });
    await pruneCache(folder, { maxAgeMs: 48 * hour }, ctx);
    expect(filesIn(folder)).toEqual(['layers/ab/abc', 'layers/ab/abc.8-cd.tmp']);
  });

  it('leaves a folder in which something is being made, however old the files that are put there', async () => {
    // Their times are those of the archive that they come from.
    const folder = cacheOf({ 'stages/ab/abc.1-a.tmp/node_modules/a/index.js': 300_000 });
    const usage = await measureCache(folder);
    expect(usage).toMatchObject({ entries: 0, temporary: { entries: 1, sizeBytes: 100 } });
    await pruneCache(folder, { maxAgeMs: 0, maxSizeBytes: 0 }, ctx);
    await clearCache(folder, ctx);
    expect(filesIn(folder)).toHaveLength(1);
    const later = { ...ctx, clock: { ...ctx.clock, now: () => Date.now() + 2 * hour } };
    await pruneCache(folder, {}, later);
    expect(existsSync(join(folder, 'stages/ab/abc.1-a.tmp'))).toBe(false);
  });

  it('leaves a link where it is, and what it leads to', async () => {
    const elsewhere = cacheOf({ 'mine/aa/file': 100 });
    const folder = cacheOf({ 'a/aa/old': 100 });
    symlinkSync(join(elsewhere, 'mine'), join(folder, 'linked'));
    symlinkSync(join(elsewhere, 'mine/aa/file'), join(folder, 'a/aa/link'));
    await pruneCache(folder, { maxAgeMs: 0 }, ctx);
    await clearCache(folder, ctx);
    expect(existsSync(join(elsewhere, 'mine/aa/file'))).toBe(true);
    expect(existsSync(join(folder, 'a/aa/old'))).toBe(false);
  });
});

describe('clearCache', () => {
  it('takes all that is kept, however recent, and leaves what is being written', async () => {
    const folder = cacheOf({ 'a/aa/now': 0, 'b/bb/old': 99, 'b/bb/x.1-a.tmp': 0, 'b/bb/y.1-a.tmp': 9 });
    expect(await clearCache(folder, ctx)).toEqual({ entries: 3, sizeBytes: 300 });
    expect(filesIn(folder)).toEqual(['b/bb/x.1-a.tmp']);
  });
});
