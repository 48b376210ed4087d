import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { againWhenVanished } from './again-when-vanished.ts';

describe('againWhenVanished', () => {
  const ctx = createContext();

  /** A build that fails so often, by reading what is not there. */
  function failingBuild(path: string, failures: number, wrap = (cause: unknown) => cause) {
    const build = async () => {
      build.times += 1;
      if (build.times > failures) return 'built';
      return readFile(path, 'utf8').catch((cause: unknown) => {
        throw wrap(cause);
      });
    };
    build.times = 0;
    return build;
  }

  it('builds again when something of the cache is gone, whatever it was told as', async () => {
    const cache = temporaryFolder();
    const wrap = (cause: unknown) => new Error('The layer cannot be read.', { cause });
    for (const build of [failingBuild(join(cache, 'a'), 1), failingBuild(join(cache, 'a'), 2, wrap)]) {
      expect(await againWhenVanished(cache, build, ctx)).toBe('built');
    }
  });

  it('gives up on what goes on vanishing', async () => {
    const cache = temporaryFolder();
    const build = failingBuild(join(cache, 'a'), 9);
    await expect(againWhenVanished(cache, build, ctx)).rejects.toThrow('ENOENT');
    expect(build.times).toBe(3);
  });

  it('lets all other failures be', async () => {
    const [cache, elsewhere] = [temporaryFolder(), temporaryFolder()];
    for (const path of [join(elsewhere, 'a'), cache]) {
      const build = failingBuild(path, 1);
      await expect(againWhenVanished(cache, build, ctx)).rejects.toThrow(/ENOENT|EISDIR/);
      expect(build.times).toBe(1);
    }
  });
});
