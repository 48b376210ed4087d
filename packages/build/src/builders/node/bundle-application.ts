import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Message } from 'esbuild';
import { buildErrors } from '../../errors.ts';
import type { Lockfile } from '../../npm/lockfile.ts';
import type { Closure } from '../../npm/production-closure.ts';
import type { Project } from '../../project/project.ts';
import { dependenciesStayOutside } from './dependencies-stay-outside.ts';

export interface Bundle {
  /** "main.mjs" or "main.cjs". */
  readonly fileName: string;
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array;
}

/**
 * The project's own source and that of the workspaces it imports, as one file; dependencies stay packages.
 * @throws CATA_BUNDLE_FAILED, CATA_IMPORT_NOT_PRODUCTION, CATA_IMPORT_AMBIGUOUS
 */
export async function bundleApplication(
  project: Project,
  lockfile: Lockfile,
  closure: Closure,
): Promise<Bundle> {
  const { build } = await import('esbuild');
  const fileName = (await isModule(project)) ? 'main.mjs' : 'main.cjs';
  const outside = dependenciesStayOutside(lockfile, closure);
  try {
    const { outputFiles } = await build({
      absWorkingDir: project.folder,
      entryPoints: [project.app.entry],
      // Never written: the name makes the paths in the source map relative to the project.
      outfile: join(project.folder, fileName),
      write: false,
      bundle: true,
      platform: 'node',
      target: `node${project.node}`,
      format: fileName === 'main.mjs' ? 'esm' : 'cjs',
      sourcemap: 'linked',
      keepNames: true,
      conditions: ['source'],
      charset: 'utf8',
      logLevel: 'silent',
      plugins: [outside.plugin],
    });
    const output = (suffix: string) =>
      outputFiles.find((file) => file.path.endsWith(suffix))?.contents ?? new Uint8Array();
    return { fileName, code: output(fileName), sourceMap: output('.map') };
  } catch (cause) {
    if (outside.refusal) throw outside.refusal;
    const messages = (cause as { errors?: Message[] }).errors;
    const reason = messages?.map(describeMessage).join('; ') ?? String(cause);
    throw buildErrors.CATA_BUNDLE_FAILED({ reason }, { cause });
  }
}

/** As Node decides it. https://nodejs.org/api/packages.html#determining-module-system */
async function isModule(project: Project): Promise<boolean> {
  const extension = extname(project.app.entry);
  if (/^\.m[jt]s$/.test(extension)) return true;
  if (/^\.c[jt]s$/.test(extension)) return false;
  const text = await readFile(join(project.folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { type?: string }).type === 'module';
}

function describeMessage({ text, location }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}
