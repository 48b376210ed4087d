import { realpath } from 'node:fs/promises';
import { join, posix, resolve } from 'node:path';
import type { BuildOptions, Message, Metafile, OutputFile } from 'esbuild';
import type { DependencySource } from '../../dependencies/dependency-source.ts';
import { buildErrors } from '../../errors.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { Project } from '../../project/project.ts';
import { type Application, applicationFile } from '../application.ts';
import { placeIn } from '../files/place-in.ts';
import { bundledSources, type FileRead } from './bundled-sources.ts';
import { dependenciesStayOutside } from './dependencies-stay-outside.ts';
import { finishBundle } from './finish-bundle.ts';
import { type ModuleKind, moduleKind } from './module-kind.ts';
import { locationDefines } from './own-location.ts';
import { requireNoMetadata } from './require-no-metadata.ts';
import { Tsconfigs } from './tsconfigs.ts';

export interface BundledApplication extends Application {
  /** What its sources read when they run, relative to themselves. */
  readonly reads: readonly FileRead[];
  /** What esbuild finds odd about them. */
  readonly warnings: readonly string[];
}

/** Files that may be imported for the text in them. */
const texts = ['.sql', '.graphql', '.gql', '.html', '.md'];

/**
 * The project's own source and that of the workspaces it imports, as one file beside the entry; dependencies stay
 * packages.
 * @throws CATA_BUNDLE_FAILED, CATA_IMPORT_NOT_PRODUCTION, CATA_IMPORT_AMBIGUOUS, CATA_EXTERNAL_MISSING, CATA_DECORATOR_METADATA
 */
export async function bundleApplication(
  project: Project,
  dependencies: DependencySource,
  inputs: InputLog,
): Promise<BundledApplication> {
  const { folder, app } = project;
  const { build, transform } = await import('esbuild');
  // Its process starts while the rest is loaded.
  transform('').catch(() => {});
  const tsconfigs = await Tsconfigs.open(inputs);
  const kind = await moduleKind(project, dependencies.root, tsconfigs);
  const entry = await realpath(join(folder, app.entry)).catch(() => join(folder, app.entry));
  const sources = bundledSources({ root: dependencies.root, entry }, tsconfigs, inputs);
  const outside = dependenciesStayOutside(dependencies, app.external, tsconfigs);
  const outfile = join(folder, bundleName(app.entry, kind));
  const plugins = [outside.plugin, sources.plugin];
  const built = await build({ ...optionsFor(project, kind), outfile, plugins }).catch((cause: unknown) => {
    throw outside.refusal ?? bundleFailed(cause);
  });
  tellInputs(built.metafile, folder, inputs);
  requireNoMetadata(sources.decorated, tsconfigs, folder);
  const { code, map } = finishBundle(textOf(built.outputFiles), kind, sources.originals);
  const place = placeIn(dependencies.workspace)(bundleName(app.entry, kind));
  return {
    entry: place,
    nodeOptions: ['--enable-source-maps'],
    files: [applicationFile(place, Buffer.from(code)), applicationFile(`${place}.map`, Buffer.from(map))],
    links: [],
    imports: importsOf(built.metafile),
    reads: sources.reads,
    warnings: built.warnings.map(describeMessage),
  };
}

/** Beside the entry. */
function bundleName(entry: string, kind: ModuleKind): string {
  const { dir, name } = posix.parse(entry);
  return posix.join(dir, name + (kind === 'esm' ? '.mjs' : '.cjs'));
}

function bundleFailed(cause: unknown): unknown {
  const messages = (cause as { errors?: Message[] }).errors;
  if (!messages) return cause;
  return buildErrors.CATA_BUNDLE_FAILED({ reason: messages.map(describeMessage).join('; ') }, { cause });
}

function optionsFor({ folder, app, node }: Project, kind: ModuleKind) {
  return {
    absWorkingDir: folder,
    entryPoints: [app.entry],
    // Never written: the name makes the paths in the source map relative to it.
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    target: `node${node}`,
    format: kind,
    sourcemap: 'linked',
    keepNames: true,
    conditions: ['source'],
    charset: 'utf8',
    logLevel: 'silent',
    define: locationDefines,
    loader: Object.fromEntries(texts.map((extension) => [extension, 'text' as const])),
  } as const satisfies BuildOptions;
}

function textOf(outputs: readonly OutputFile[]): { code: string; map: string } {
  const isMap = ({ path }: OutputFile) => path.endsWith('.map');
  return {
    code: outputs.find((output) => !isMap(output))?.text ?? '',
    map: outputs.find(isMap)?.text ?? '',
  };
}

function importsOf({ outputs }: Metafile): string[] {
  const imports = Object.values(outputs).flatMap((output) => output.imports);
  return imports.flatMap(({ path, external }) => (external ? [path] : []));
}

/** What is no source of the project's: JSON, texts. */
function tellInputs({ inputs: bundled }: Metafile, folder: string, inputs: InputLog): void {
  for (const path of Object.keys(bundled)) inputs.file(resolve(folder, path.replace(/ with \{.*\}$/, '')));
}

function describeMessage({ text, location }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}
