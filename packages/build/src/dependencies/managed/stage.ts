import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Target } from '../../target/target.ts';
import type { FoundLockfile } from '../find-lockfile.ts';
import type { ManifestFile } from './manifest-reader.ts';
import { type PackageManifest, readManifest } from './package-manifest.ts';

/** A folder that an install goes into: a copy of what the install depends on, and nothing else of the project. */
export interface Stage {
  /** Absolute. */
  readonly folder: string;
  readonly lockfile: FoundLockfile;
  /** The project's folder, from the root. */
  readonly workspace: string;
  /** All workspaces' folders, from the root, the root itself ("") among them. */
  readonly workspaces: readonly string[];
  readonly target: Target;
  /** The environment that the package manager is run in. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told of each line that the package manager prints. */
  readonly onLine: (line: string) => void;
}

/** Writes the files that an install depends on. Only their owner gets to them: one may be .npmrc. */
export async function writeStage(folder: string, files: readonly ManifestFile[]): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  for (const { path, content, mode } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    // Whatever the mask for new files is.
    await chmod(target, mode | 0o600);
  }
}

/** Empty when there is no such file. */
export function stagedText({ folder }: Stage, path: string): Promise<string> {
  return readFile(join(folder, path), 'utf8').catch(() => '');
}

export async function stagedManifest(stage: Stage, folder: string): Promise<PackageManifest> {
  return readManifest(await stagedText(stage, join(folder, 'package.json')));
}

/** Changes a file of the stage, or makes it. */
export async function editStaged(stage: Stage, path: string, edit: (text: string) => string): Promise<void> {
  const target = join(stage.folder, path);
  const text = await stagedText(stage, path);
  await writeFile(target, edit(text));
}

/** Changes the package.json of a staged folder. */
export function editManifest(
  stage: Stage,
  folder: string,
  edit: (manifest: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> {
  return editStaged(stage, join(folder, 'package.json'), (text) =>
    JSON.stringify(edit(JSON.parse(text) as Record<string, unknown>)),
  );
}
