import { existsSync, readdirSync, truncateSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { clearCache, pruneCache } from '@catamaran/build/cache';
import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { age, filesIn } from '../packages/build/testing/cache-folder.ts';
import type { UsageDocument } from '../packages/cli/src/cache/usage-document.ts';
import { type LocalProject, localProject } from './support/local-project.ts';

const cacheOf = (project: LocalProject) => join(project.cacheHome, 'catamaran');

function ageAll(project: LocalProject, hours: number): void {
  for (const path of filesIn(cacheOf(project))) age(join(cacheOf(project), path), hours);
}

describe('catamaran cache', () => {
  it('shows where the cache is, how large, and what is in it', async () => {
    await using project = await localProject();
    expect(await project.succeed('cache')).toContain('0 B in 0 entries');
    await project.succeed('build');
    const files = filesIn(cacheOf(project));
    const usage = JSON.parse(await project.succeed('cache', '--json')) as UsageDocument;
    expect(usage).toMatchObject({
      folder: cacheOf(project),
      entries: files.length,
      temporary: { entries: 0 },
    });
    const kinds = readdirSync(cacheOf(project)).sort();
    expect(usage.kinds.map(({ kind }) => kind).sort()).toEqual(kinds);
    const text = await project.succeed('cache');
    expect(text).toContain(`in ${files.length} entries`);
    for (const kind of kinds) expect(text).toMatch(new RegExp(`^${kind} .*just now`, 'm'));
  });

  it('verify removes what is damaged, ends with 1 then, and the next build makes it again', async () => {
    await using project = await localProject();
    const digest = await project.succeed('build');
    expect(await project.succeed('cache', 'verify')).toContain(' 0 damaged');
    const blob = filesIn(cacheOf(project)).find((path) => path.startsWith('blobs/')) ?? '';
    truncateSync(join(cacheOf(project), blob), 10);
    const { exitCode, stdout } = await project.run(['cache', 'verify']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`damaged  blobs/${blob.split('/').at(-1)}`);
    expect(existsSync(join(cacheOf(project), blob))).toBe(false);
    await rm(join(project.folder, '.catamaran'), { recursive: true });
    expect(await project.succeed('build')).toBe(digest);
    expect(await project.succeed('cache', 'verify')).toContain(' 0 damaged');
  });

  it('prune takes what was not used for long, and a build makes the rest count as used', async () => {
    await using project = await localProject();
    const digest = await project.succeed('build');
    ageAll(project, 24 * 40);
    // With a layout that has all layers nothing else would be read.
    await rm(join(project.folder, '.catamaran'), { recursive: true });
    expect(await project.succeed('build')).toBe(digest);
    const { removed, kept } = JSON.parse(await project.succeed('cache', 'prune', '--json'));
    expect(removed.entries).toBeGreaterThan(0);
    expect(kept.entries).toBeGreaterThan(0);
    await rm(join(project.folder, '.catamaran'), { recursive: true });
    const again = await project.run(['build']);
    expect(again.stdout).toBe(digest);
    expect(again.stderr).not.toMatch(/Node\.js|Debian/);
  });

  it('clear takes all, and the next build gives the same digest', async () => {
    await using project = await localProject();
    const digest = await project.succeed('build');
    await project.succeed('cache', 'clear');
    expect(filesIn(cacheOf(project))).toEqual([]);
    expect(await project.succeed('build')).toBe(digest);
  });

  it.each([
    {
      args: ['cache', 'prune', '--older-than', 'yesterday'],
      code: 'CATA_AGE_INVALID',
      quotes: '"yesterday"',
    },
    { args: ['cache', 'prune', '--max-size', '5 bananas'], code: 'CATA_SIZE_INVALID', quotes: '"5 bananas"' },
    { args: ['cache', 'shrink'], code: '', quotes: '"cache shrink"' },
  ])('refuses $quotes', async ({ args, code, quotes }) => {
    await using project = await localProject();
    const { exitCode, stderr } = await project.run(args);
    expect(stderr).toContain(code);
    expect(stderr).toContain(quotes);
    expect(exitCode).toBe(2);
  });
});

describe('beside builds that run', { timeout: 120_000 }, () => {
  const ctx = createContext();

  /** A build into an empty layout, so that all is read from the cache, while something is done to the cache again and again. */
  async function buildBeside(project: LocalProject, at: number, disturb: () => Promise<unknown>) {
    let isBuilding = true;
    let times = 0;
    const disturbing = (async () => {
      for (; isBuilding; times++) {
        await disturb();
        await delay(5);
      }
    })();
    const layout = join(project.folder, `layout-${at}`);
    const digest = await project.succeed('build', '--layout', layout).finally(() => {
      isBuilding = false;
    });
    await disturbing;
    return { digest, times };
  }

  it('pruning all that may be pruned breaks none', async () => {
    await using project = await localProject();
    const digest = await project.succeed('build');
    for (let at = 0; at < 3; at++) {
      // Old, until the build takes it up: then it is what the prune beside may not take any more.
      ageAll(project, 2);
      const prune = () => pruneCache(cacheOf(project), { maxAgeMs: 0, maxSizeBytes: 0 }, ctx);
      const built = await buildBeside(project, at, prune);
      expect(built.digest).toBe(digest);
      expect(built.times).toBeGreaterThan(3);
    }
    expect(await project.succeed('cache', 'verify')).toContain(' 0 damaged');
  });

  it.each([
    { what: 'clearing', disturb: (folder: string) => clearCache(folder, ctx) },
    {
      what: 'removing the whole folder',
      disturb: (folder: string) => rm(folder, { recursive: true, force: true }),
    },
  ])('$what, once at any moment, breaks none', async ({ disturb }) => {
    await using project = await localProject();
    const digest = await project.succeed('build');
    for (const [at, afterMs] of [150, 250, 350].entries()) {
      let isDone = false;
      const once = async () => {
        if (isDone) return;
        isDone = true;
        await delay(afterMs);
        await disturb(cacheOf(project));
      };
      expect((await buildBeside(project, at, once)).digest).toBe(digest);
    }
    expect(await project.succeed('cache', 'verify')).toContain(' 0 damaged');
  });
});
