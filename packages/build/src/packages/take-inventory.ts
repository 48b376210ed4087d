import { collectBytes } from '@catamaran/oci';
import { binaryKind } from '../native/binary-kind.ts';
import type { PackageInventory } from '../native/package-inventory.ts';
import type { PackageFile } from './package-file.ts';

/** No honest package.json is larger. */
const maxManifestBytes = 4 * 1024 * 1024;

/** What there is to know of a package before it is placed. @throws Error with a reason */
export async function takeInventory(
  files: readonly PackageFile[],
  { name, version }: { readonly name: string; readonly version: string },
): Promise<PackageInventory> {
  const listed = files.map(({ path, sizeBytes, head }) => {
    const binary = binaryKind(head);
    return { path, sizeBytes, ...(binary ? { binary } : {}) };
  });
  return {
    name,
    version,
    manifest: await readManifest(files),
    files: listed.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

async function readManifest(files: readonly PackageFile[]): Promise<Readonly<Record<string, unknown>>> {
  const found = files.find(({ path }) => path === 'package.json');
  if (!found) return {};
  if (found.sizeBytes > maxManifestBytes) throw new Error('its package.json is larger than any should be');
  const text = Buffer.from(await collectBytes(found.content())).toString('utf8');
  const manifest: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  if (typeof manifest !== 'object' || manifest === null) throw new Error('its package.json is no object');
  return manifest as Readonly<Record<string, unknown>>;
}
