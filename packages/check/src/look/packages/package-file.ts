import type { ReadEntry } from '@catamaran/oci';
import { apkPackages } from './apk-packages.ts';
import { debianPackages } from './debian-packages.ts';
import { npmPackage } from './npm-package.ts';

/** What packages are of: each kind has a database, or files, of its own. */
export type PackageKind = 'debian' | 'alpine' | 'npm';

export interface Package {
  readonly name: string;
  readonly version: string;
}

/** The packages that one file tells of. */
export interface FoundPackages {
  readonly kind: PackageKind;
  /** The file's path in the layer. */
  readonly path: string;
  readonly packages: readonly Package[];
}

/** A file that tells of packages, as it passes by. */
export interface PackageFile {
  add(chunk: Uint8Array): void;
  found(): FoundPackages;
}

type Reader = (text: string, path: string) => readonly Package[];

const kinds: readonly { readonly kind: PackageKind; readonly pattern: RegExp; readonly read: Reader }[] = [
  {
    kind: 'debian',
    pattern: /^var\/lib\/dpkg\/(?:status|status\.d\/(?!.*\.md5sums$)[^/]+)$/,
    read: debianPackages,
  },
  { kind: 'alpine', pattern: /^(?:usr\/)?lib\/apk\/db\/installed$/, read: apkPackages },
  { kind: 'npm', pattern: /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@][^/]*\/package\.json$/, read: npmPackage },
];

/** Debian's own has a megabyte for a thousand packages; what is larger tells of none. */
const maxBytes = 32 * 1024 * 1024;

/** Undefined for a file that tells of no packages. */
export function openPackageFile({ path, sizeBytes }: ReadEntry): PackageFile | undefined {
  const found = kinds.find(({ pattern }) => pattern.test(path));
  if (!found || sizeBytes > maxBytes) return undefined;
  const chunks: Uint8Array[] = [];
  return {
    // A copy: the reader may use the memory again.
    add: (chunk) => void chunks.push(Uint8Array.from(chunk)),
    found: () => ({
      kind: found.kind,
      path,
      packages: found.read(Buffer.concat(chunks).toString('utf8'), path),
    }),
  };
}
