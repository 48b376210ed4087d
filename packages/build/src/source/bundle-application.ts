import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { Message } from 'esbuild';
import type { DependencySource } from '../dependencies/dependency-source.ts';
import { buildErrors } from '../errors.ts';
import type { InputLog } from '../inputs/input-log.ts';
import type { Project } from '../project/project.ts';
import type { Application } from './application.ts';
import { dependenciesStayOutside } from './dependencies-stay-outside.ts';

/**
 * The project's own source and that of the workspaces it imports, as one file; dependencies stay packages.
 * @throws CATA_BUNDLE_FAILED, CATA_IMPORT_NOT_PRODUCTION, CATA_IMPORT_AMBIGUOUS
 */
export async function bundleApplication(
  project: Project,
  dependencies: DependencySource,
  inputs: InputLog,
): Promise<Application> {
  const { build } = await import('esbuild');
  const fileName = (await isModule(project)) ? 'main.mjs' : 'main.cjs';
  const outside = dependenciesStayOutside(dependencies);
  try {
    const { outputFiles, metafile } = await build({
      absWorkingDir: project.folder,
      entryPoints: [project.app.entry],
      // Never written: the name makes the paths in the source map relative to the project.
      outfile: join(project.folder, fileName),
      write: false,
      metafile: true,
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
    for (const path of Object.keys(metafile.inputs)) inputs.file(resolve(project.folder, path));
    return {
      entry: fileName,
      nodeOptions: ['--enable-source-maps'],
      files: [
        { path: fileName, mode: 0o644, content: output(fileName) },
        { path: `${fileName}.map`, mode: 0o644, content: output('.map') },
      ],
    };
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
