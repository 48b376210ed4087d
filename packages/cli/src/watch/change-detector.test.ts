import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { ChangeDetector } from './change-detector.ts';
import { FolderWatcher } from './folder-watcher.ts';
import { sourceTree } from './source-tree.ts';
import { watchedOf } from './watched.ts';

const { signal } = new AbortController();

/** A folder with files that are watched. */
async function watching(files: readonly string[], folders: readonly string[] = []) {
  const folder = temporaryFolder();
  const at = (path: string) => join(folder, path);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  };
  for (const path of files) write(path, 'as it was');
  const watcher = new FolderWatcher();
  onTestFinished(() => watcher[Symbol.dispose]());
  const detector = new ChangeDetector(watcher, folder);
  const watched = watchedOf({ files: files.map(at), folders: folders.map(at) });
  await detector.follow(watched, Number.POSITIVE_INFINITY);
  const shown = (changes: Awaited<ReturnType<typeof detector.next>>) =>
    changes.map(({ path, how }) => `${how} ${path.slice(folder.length + 1)}`);
  return {
    folder,
    at,
    write,
    detector,
    watched,
    next: async () => shown(await detector.next(signal)),
    shown,
  };
}

describe('what is watched', () => {
  it('has changed when its content has', async () => {
    const { at, write, next } = await watching(['src/a.ts', 'src/b.ts']);
    utimesSync(at('src/a.ts'), 1, 1);
    write('src/a.ts', 'as it was');
    write('src/b.ts', 'other');
    expect(await next()).toEqual(['changed src/b.ts']);
    rmSync(at('src/b.ts'));
    expect(await next()).toEqual(['removed src/b.ts']);
    write('src/b.ts', 'back');
    expect(await next()).toEqual(['added src/b.ts']);
  });

  it('is still watched after its folder was replaced by another', async () => {
    const { at, write, next } = await watching(['src/deep/a.ts']);
    write('elsewhere/deep/a.ts', 'replaced');
    renameSync(at('src'), at('old'));
    renameSync(at('elsewhere'), at('src'));
    expect(await next()).toEqual(['changed src/deep/a.ts']);
    write('src/deep/a.ts', 'and written to');
    expect(await next()).toEqual(['changed src/deep/a.ts']);
  });

  it('may be in a folder that is not there yet', async () => {
    const { at, write, next, detector } = await watching(['a.ts']);
    const missing = watchedOf({ files: [at('not/there/yet.ts')], folders: [] });
    await detector.follow(missing, Number.POSITIVE_INFINITY);
    write('not/there/yet.ts', 'now');
    expect(await next()).toEqual(['added not/there/yet.ts']);
  });

  it('are the names in a folder, but for what editors put there', async () => {
    const { write, next } = await watching(['assets/logo.svg'], ['assets']);
    for (const name of ['.logo.svg.swp', '.#logo.svg', 'logo.svg~', '4913', 'x.tmp'])
      write(`assets/${name}`, '');
    write('assets/logo.png', 'new');
    expect(await next()).toEqual(['added assets/logo.png']);
  });

  it('are, after a failure, all folders below with what may be source in them', async () => {
    const { folder, at, write, next, detector } = await watching([]);
    write('src/a.ts', '');
    write('node_modules/b/b.js', '');
    write('.git/c.js', '');
    const tree = await sourceTree(folder);
    expect([...tree.files]).toEqual([at('src/a.ts')]);
    await detector.follow(tree, Number.POSITIVE_INFINITY);
    write('src/new/notes.txt', '');
    expect(await next()).toEqual(['added src/new']);
  });

  it('has changed when it was changed after it began to be read, once', async () => {
    const { at, write, detector, shown } = await watching([]);
    const startedMs = Date.now();
    write('late.ts', 'while it was read');
    const read = watchedOf({ files: [at('late.ts')], folders: [] });
    expect(shown(await detector.follow(read, startedMs))).toEqual(['changed late.ts']);
    expect(await detector.follow(read, startedMs)).toEqual([]);
  });
});
