import { posix } from 'node:path';
import { collectBytes } from '@catamaran/oci';
import { z } from 'zod';
import type { ApplicationFile, ApplicationLink } from '../application.ts';
import { isBinary } from '../files/is-binary.ts';
import type { PickedFiles } from '../files/pick-files.ts';
import { packageFolder } from './package-folder.ts';
import type { NativeTracedPackage, Trace, TracedPackage } from './traced-package.ts';

const manifestSchema = z.looseObject({
  name: z.string().optional().catch(undefined),
  version: z.string().optional().catch(undefined),
  scripts: z.record(z.string(), z.unknown()).optional().catch(undefined),
  optionalDependencies: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
type Manifest = z.output<typeof manifestSchema>;

/** What is the same for every target, and what is not. */
export interface SplitTrace extends PickedFiles {
  readonly trace: Trace;
}

/**
 * Takes packages with native code out of what was picked up: they are this machine's, and each target has its own.
 * Prisma's generated client stays, without its engines: the target's are put where `@prisma/client` looks, too.
 */
export async function splitTrace({ files, links }: PickedFiles): Promise<SplitTrace> {
  const groups = Map.groupBy(files, ({ path }) => packageFolder(path));
  const kept: ApplicationFile[] = [];
  const native: NativeTracedPackage[] = [];
  const packages: TracedPackage[] = [];
  for (const [folder, own] of groups) {
    if (folder === undefined) kept.push(...own);
    else if (folder.endsWith('node_modules/.prisma')) kept.push(...(await withoutBinaries(own)));
    else {
      const manifest = await readManifest(own.find(({ path }) => path === `${folder}/package.json`));
      const traced = tracedPackage(folder, manifest);
      packages.push(traced);
      if (await isNative(manifest, own)) native.push(withLinks(traced, namesPlatforms(manifest), links));
      else kept.push(...own);
    }
  }
  const gone = new Set(native.flatMap(({ links: leading }) => leading));
  const isInNative = (path: string) => native.some((one) => path.startsWith(`${one.path}/`));
  return {
    files: kept.sort(byPath),
    links: links.filter(({ path }) => !gone.has(path) && !isInNative(path)),
    trace: { native: native.sort(byPath), packages: packages.sort(byPath) },
  };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}

function tracedPackage(path: string, manifest: Manifest): TracedPackage {
  const { name = path.replace(/^.*node_modules\//, ''), version = '', optionalDependencies = {} } = manifest;
  return { name, version, path, optional: Object.keys(optionalDependencies) };
}

async function isNative(manifest: Manifest, files: readonly ApplicationFile[]): Promise<boolean> {
  return namesPlatforms(manifest) || hasInstallScript(manifest) || (await someBinary(files));
}

function withLinks(
  traced: TracedPackage,
  isForPlatforms: boolean,
  links: readonly ApplicationLink[],
): NativeTracedPackage {
  const leading = links.filter(
    ({ path, target }) => posix.join(posix.dirname(path), target).replace(/\/$/, '') === traced.path,
  );
  return { ...traced, isForPlatforms, links: isForPlatforms ? leading.map(({ path }) => path) : [] };
}

async function readManifest(file: ApplicationFile | undefined): Promise<Manifest> {
  try {
    const text = Buffer.from(await collectBytes(file?.content() ?? [])).toString('utf8');
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

function namesPlatforms({ os, cpu, libc }: Manifest): boolean {
  return [os, cpu, libc].some((list) => (Array.isArray(list) ? list.length > 0 : typeof list === 'string'));
}

function hasInstallScript({ scripts = {}, gypfile }: Manifest): boolean {
  return gypfile === true || ['preinstall', 'install', 'postinstall'].some((name) => scripts[name]);
}

async function someBinary(files: readonly ApplicationFile[]): Promise<boolean> {
  for (const file of files) if (await isBinary(file)) return true;
  return false;
}

async function withoutBinaries(files: readonly ApplicationFile[]): Promise<ApplicationFile[]> {
  const kept: ApplicationFile[] = [];
  for (const file of files) if (!(await isBinary(file))) kept.push(file);
  return kept;
}
