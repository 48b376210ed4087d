import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { parseJson } from '../../npm/parse-json.ts';
import type { Project } from '../../project/project.ts';
import type { Tsconfigs } from './tsconfigs.ts';

export type ModuleKind = 'esm' | 'cjs';

/** Under these, TypeScript itself makes CommonJS of a file that nothing else speaks of. */
const commonJsModules = new Set(['commonjs', 'node16', 'node18', 'node20', 'nodenext']);

/**
 * Whether an entry is an ES module, as Node decides it: by its extension, by "type" of the nearest package.json, by its
 * syntax. Before the syntax counts what tsconfig.json says: that is what the source has been written for.
 * https://nodejs.org/api/packages.html#determining-module-system
 */
export async function moduleKind(
  { folder, app: { entry } }: Project,
  root: string,
  tsconfigs: Tsconfigs,
): Promise<ModuleKind> {
  const extension = extname(entry);
  if (/^\.m[jt]s$/.test(extension)) return 'esm';
  if (/^\.c[jt]s$/.test(extension)) return 'cjs';
  const path = join(folder, entry);
  const type = await nearestType(path, root);
  if (type) return type === 'module' ? 'esm' : 'cjs';
  const module = /^\.tsx?$/.test(extension) ? tsconfigs.of(path)?.options.module : undefined;
  if (module && commonJsModules.has(module.toLowerCase())) return 'cjs';
  return kindBySyntax(path);
}

async function nearestType(path: string, root: string): Promise<string | undefined> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    const text = await readFile(manifest, 'utf8').catch(() => undefined);
    if (text !== undefined) return (parseJson(text, manifest) as { readonly type?: string }).type;
    if (folder === root || folder === dirname(folder)) return undefined;
  }
}

/** What cannot be parsed is told by the build that follows. */
async function kindBySyntax(path: string): Promise<ModuleKind> {
  const { build } = await import('esbuild');
  const parsed = await build({ entryPoints: [path], write: false, metafile: true, logLevel: 'silent' }).catch(
    () => undefined,
  );
  return Object.values(parsed?.metafile.inputs ?? {})[0]?.format === 'esm' ? 'esm' : 'cjs';
}
