import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder, by its path from there, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

/** Makes it look as if a file, or every file below a folder, had last been used so long ago. */
export function age(path: string, hours: number): void {
  const then = new Date(Date.now() - hours * 3_600_000);
  utimesSync(path, then, then);
}
