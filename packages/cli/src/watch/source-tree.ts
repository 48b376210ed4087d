import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isPassing, isSourceFolder, isSourceName } from './names.ts';
import type { Watched } from './watched.ts';

/** More than any project has that somebody writes by hand. */
const mostFiles = 20_000;

/**
 * All that may be source below a folder. After a build that failed nobody knows what it would have read, and anything
 * may be what mends it.
 */
export function sourceTree(folder: string): Promise<Watched> {
  return filesBelow(folder, isSourceName);
}

/** All below a folder that the project's own command may read. */
export function projectTree(folder: string): Promise<Watched> {
  return filesBelow(folder, (name) => !isPassing(name) && !name.endsWith('.log'));
}

async function filesBelow(folder: string, isWanted: (name: string) => boolean): Promise<Watched> {
  const files = new Set<string>();
  const folders = new Set<string>();
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined && files.size < mostFiles; next = waiting.pop()) {
    folders.add(next);
    for (const child of await children(next)) {
      if (child.isDirectory() && isSourceFolder(child.name)) waiting.push(join(next, child.name));
      else if (child.isFile() && isWanted(child.name)) files.add(join(next, child.name));
    }
  }
  return { files, folders: new Set(), sources: folders, branches: folders };
}

function children(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
