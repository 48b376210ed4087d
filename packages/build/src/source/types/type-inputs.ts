import { readFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import type { InputLog } from '../../inputs/input-log.ts';

/**
 * Tells of every file that a check of types has read, by what the compiler remembers of it. Of installed packages
 * only npm's own list is told: it is written whenever one of them changes.
 * @param buildInfo the compiler's `.tsbuildinfo`, whose paths begin at its folder
 */
export async function tellTypeInputs(buildInfo: string, inputs: InputLog): Promise<void> {
  const text = await readFile(buildInfo, 'utf8').catch(() => '');
  const names = fileNames(parseOrUndefined(text));
  // A compiler that remembers something else: then nobody knows what it has read.
  if (!names) return inputs.holdsUntil(0);
  for (const name of names) {
    // The compiler's own declarations have no folder: they are its package's.
    if (!name.includes('/')) continue;
    const path = resolve(dirname(buildInfo), name);
    const installed = path.lastIndexOf(`${sep}node_modules${sep}`);
    if (installed === -1) {
      inputs.file(path);
      inputs.folder(dirname(path));
    } else inputs.file(installedList(path));
  }
}

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#hidden-lockfiles */
function installedList(path: string): string {
  const outermost = path.indexOf(`${sep}node_modules${sep}`);
  return `${path.slice(0, outermost)}${sep}node_modules${sep}.package-lock.json`;
}

function fileNames(buildInfo: unknown): readonly string[] | undefined {
  const { fileNames: names } = (buildInfo ?? {}) as { readonly fileNames?: unknown };
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : undefined;
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
