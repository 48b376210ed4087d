import { posix } from 'node:path';
import type { ManifestReader } from './manifest-reader.ts';
import type { PackageManifest } from './package-manifest.ts';

const sections = ['dependencies', 'optionalDependencies', 'devDependencies'] as const;

/**
 * Reads what the package.json files that were read so far name by a path: all of a "file:", for it is copied into
 * node_modules, and of what is linked to only what it needs itself.
 */
export async function readLocalPackages(read: ManifestReader): Promise<void> {
  const folders = read.files.flatMap(({ path }) =>
    posix.basename(path) === 'package.json' ? [posix.dirname(path)] : [],
  );
  for (const folder of folders) {
    const manifest = (await read.manifest(folder)) ?? {};
    for (const { path, isLink } of localPaths(manifest)) {
      const target = posix.join(folder, path);
      if (isLink) await read.manifest(target);
      else await read.everything(target);
    }
  }
}

function* localPaths(manifest: PackageManifest): Iterable<{ path: string; isLink: boolean }> {
  for (const section of sections) {
    for (const range of Object.values(manifest[section] ?? {})) {
      const [, protocol, path] = /^(file|link|portal):([^#]+?)(?:[#]|::|$)/.exec(range) ?? [];
      if (path) yield { path, isLink: protocol !== 'file' };
    }
  }
}
