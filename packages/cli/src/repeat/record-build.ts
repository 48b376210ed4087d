import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { configFileName } from '@catamaran/build';
import { contentOf, digestHex, readLayoutIndex } from '@catamaran/oci';
import { loadedModules } from '../../bin/loaded-modules.js';
import type { BuildDocument } from '../build/build-document.ts';
import type { BuiltProject } from '../build/build-project.ts';
import type { OpenedProject } from '../build/open-project.ts';
import { version } from '../version.ts';
import { type BuildRecord, digestOf, recordPath } from './build-record.ts';
import { nothingReadBeforeMs } from './repeat-build.ts';
import { fileSignature, folderSignature, namesIn } from './signature.ts';

/** Clocks of file systems are behind by up to a tick of the kernel, which has 100 to 1000 in a second. */
const clockSlackMs = 10;

/**
 * Keeps what a build was made of, for `repeatBuild`. Not when an input may have changed since the build began: which
 * of both it had read could not be told. Nor when it runs a command of the project's: nobody knows what that reads.
 */
export async function recordBuild(
  { configs }: OpenedProject,
  built: BuiltProject,
  document: BuildDocument,
  flags: { readonly json?: boolean; readonly quiet?: boolean },
): Promise<void> {
  const { inputs, project } = built;
  if (inputs.environment) return;
  const sinceMs = nothingReadBeforeMs - clockSlackMs;
  if (inputs.files.some((path) => changedSince(path, sinceMs))) return;
  if (inputs.folders.some((path) => folderChangedSince(path, sinceMs))) return;
  const configPath = join(project.folder, configFileName);
  const configured = (await import(pathToFileURL(configPath).href)) as { readonly default?: unknown };
  const record: BuildRecord = {
    sources: ownSources().map((path) => [path, fileSignature(path)]),
    files: inputs.files.map((path) => [path, fileSignature(path)]),
    folders: inputs.folders.map((path) => [path, folderSignature(path)]),
    configPath,
    configDigest: digestOf(configured.default),
    parsed: configs.entries,
    holdsUntilMs: inputs.holdsUntilMs,
    layout: await storedParts(built, document.layout),
    json: flags.json ?? false,
    quiet: flags.quiet ?? false,
    document,
  };
  write(recordPath(process.argv.slice(2), process.cwd(), version, process.env), record);
}

/** Where the program runs from its source, that is an input, too. */
function ownSources(): string[] {
  return [...loadedModules]
    .filter((url) => url.startsWith('file:') && !url.includes('/node_modules/'))
    .map((url) => fileURLToPath(url));
}

async function storedParts(built: BuiltProject, layout: string): Promise<BuildRecord['layout']> {
  const { blobs, manifests } = await contentOf(built.index);
  const named = (await readLayoutIndex(layout))?.manifests.find(({ digest }) => digest === built.digest);
  return {
    folder: resolve(layout),
    refName: named?.annotations?.['org.opencontainers.image.ref.name'] ?? '',
    blobs: [...blobs, ...manifests].map(({ descriptor: { digest, size } }) => [digestHex(digest), size]),
  };
}

function changedSince(path: string, timeMs: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.ctimeMs >= timeMs;
}

function folderChangedSince(path: string, timeMs: number): boolean {
  if (!changedSince(path, timeMs)) return false;
  return namesIn(path).some((name) => changedSince(join(path, name), timeMs));
}

/** Beside, and renamed: the next command may read it at any time. */
function write(path: string, record: BuildRecord): void {
  const temporary = `${path}.${process.pid}.tmp`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(temporary, JSON.stringify(record));
  renameSync(temporary, path);
}
