import { copyFileSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from './repository.ts';

/** What a build of one package for one platform leads to. */
type NativeOutcome =
  /** The ELF files that are in the image, below /app. */
  | { readonly files: readonly string[] }
  /** Code of the error, and what its text has to name; "{mirror}" is the address of the server on loopback. */
  | { readonly error: string; readonly names: readonly string[] };

/** A real package, and what becomes of it. */
export interface NativePackage {
  readonly name: string;
  readonly version: string;
  /** What it is installed as, so that no other package here takes it for the one that it would like to have. */
  readonly alias?: string;
  /** How it gets its native code; docs/adr/0009-native-packages.md has the ways. */
  readonly kind: string;
  /** JavaScript that uses the package, in a module that has a `require`. */
  readonly load?: string;
  /** A program of the package's to start on arm64, below /app, and its arguments. */
  readonly program?: readonly [string, ...string[]];
  /** The variable that names a mirror of the server that would have its binary. */
  readonly mirror?: string;
  /** What app.native says of it. */
  readonly native?: 'skip';
  readonly outcome: { readonly 'linux/amd64': NativeOutcome; readonly 'linux/arm64': NativeOutcome };
}

const listPath = join(repositoryFolder, 'test', 'native-packages.json');
export const lockPath = join(repositoryFolder, 'test', 'native-packages', 'package-lock.json');

export const nativePackages = JSON.parse(readFileSync(listPath, 'utf8')) as readonly NativePackage[];

/** The name of a package's workspace. */
export function workspaceOf({ name, version, native }: NativePackage): string {
  return [name.replace('@', '').replace('/', '-'), version, native].filter(Boolean).join('-');
}

/** Writes one workspace for each package, below one package.json. */
export async function writeWorkspaces(folder: string): Promise<void> {
  const root = { name: 'native-packages', private: true, workspaces: ['packages/*'] };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(root));
  for (const one of nativePackages) {
    const workspace = join(folder, 'packages', workspaceOf(one));
    const { name, version, alias } = one;
    const dependencies = alias ? { [alias]: `npm:${name}@${version}` } : { [name]: version };
    const manifest = { name: workspaceOf(one), version: '1.0.0', type: 'module', dependencies };
    await mkdir(workspace, { recursive: true });
    await writeFile(join(workspace, 'package.json'), JSON.stringify(manifest));
  }
}

/** The workspaces with the lockfile of this repository. */
export async function writeLockedWorkspaces(folder: string): Promise<void> {
  await writeWorkspaces(folder);
  copyFileSync(lockPath, join(folder, 'package-lock.json'));
}
