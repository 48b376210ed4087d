import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Found {
  /** Relative to where the walk began. */
  readonly path: string;
  readonly entry: Dirent;
}

/** Everything below a folder. Unlike `readdir` with `recursive`, it never follows a link to a folder. */
export function walk(root: string, folder = ''): Found[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return [{ path, entry }, ...(entry.isDirectory() ? walk(root, path) : [])];
  });
}
