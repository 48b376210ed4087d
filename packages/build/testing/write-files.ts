import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes files by their paths below a folder; what is not text is written as JSON. Returns the folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, unknown>>): string {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    const isContent = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(target, isContent ? content : JSON.stringify(content));
  }
  return folder;
}
