import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { withIndexLock } from './lock-index.ts';

const nowMs = Date.UTC(2040, 0, 1);
const ctx = createContext({ clock: { now: () => nowMs, monotonicNs: () => 0n } });

/** What somebody left who was killed, so long ago by the clock that is given. */
const left: Record<string, (path: string) => string> = {
  nothing: (path) => path,
  'a lock': (path) => {
    mkdirSync(path);
    writeFileSync(join(path, 'killed'), '');
    return join(path, 'killed');
  },
  'a lock without an owner': (path) => {
    mkdirSync(path);
    return path;
  },
  'a lock that is a file': (path) => {
    writeFileSync(path, '');
    return path;
  },
};

function leave(what: string, folder: string, ageMs: number): void {
  const path = left[what]?.(join(folder, 'index.json.lock')) ?? '';
  const then = new Date(nowMs - ageMs);
  if (what !== 'nothing') utimesSync(path, then, then);
}

describe('withIndexLock', () => {
  it.each(Object.keys(left))('has one holder at a time after somebody left %s', async (what) => {
    for (let round = 0; round < 2; round++) {
      const folder = temporaryFolder();
      leave(what, folder, 60_000);
      let [holders, most, count] = [0, 0, 0];
      const change = async () => {
        most = Math.max(most, ++holders);
        await new Promise((resolve) => setTimeout(resolve, 1));
        holders--;
        count++;
      };
      await Promise.all(Array.from({ length: 20 }, () => withIndexLock(folder, change, ctx)));
      expect({ most, count }).toEqual({ most: 1, count: 20 });
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it.each(['a lock', 'a lock that is a file'])('takes %s from nobody who may be alive', async (what) => {
    const folder = temporaryFolder();
    leave(what, folder, 9000);
    const stopping = { ...ctx, signal: AbortSignal.timeout(100) };
    const taking = withIndexLock(folder, async () => 'taken', stopping);
    await expect(taking).rejects.toThrow(/timeout/);
    expect(readdirSync(folder)).toEqual(['index.json.lock']);
  });

  it('removes only its own lock, when it was taken for dead and another has come', async () => {
    const folder = temporaryFolder();
    const later = { ...ctx, clock: { ...ctx.clock, now: () => nowMs + 60_000 } };
    const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let second: Promise<void> | undefined;
    const change = async () => {
      begun.resolve();
      await end.promise;
    };
    const first = async () => {
      second = withIndexLock(folder, change, later);
      await begun.promise;
    };
    await withIndexLock(folder, first, ctx);
    expect(readdirSync(join(folder, 'index.json.lock'))).toHaveLength(1);
    end.resolve();
    await second;
    expect(readdirSync(folder)).toEqual([]);
  });
});
