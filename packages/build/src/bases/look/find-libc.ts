import type { ImageTree, Platform } from '@catamaran/oci';
import type { Libc } from '../../target/target.ts';

/** The dynamic linkers, where every program that is linked against a C library looks for it: part of each CPU's ABI. */
const linkers: Readonly<Record<Libc, Readonly<Record<Platform['architecture'], string>>>> = {
  glibc: { amd64: 'lib64/ld-linux-x86-64.so.2', arm64: 'lib/ld-linux-aarch64.so.1' },
  musl: { amd64: 'lib/ld-musl-x86_64.so.1', arm64: 'lib/ld-musl-aarch64.so.1' },
};

/**
 * The C library in a file tree. Alpine's gcompat has a linker of glibc's name, and nothing behind it: a `libc.so.6` has
 * to be there as well. Where both libraries are, programs are glibc's, as on a Debian with the package "musl".
 */
export function findLibc(tree: ImageTree, { architecture }: Platform): Libc | undefined {
  const hasLinker = (libc: Libc) => tree.resolve(linkers[libc][architecture]) !== undefined;
  if (hasLinker('glibc') && hasLibrary(tree)) return 'glibc';
  return hasLinker('musl') ? 'musl' : undefined;
}

function hasLibrary(tree: ImageTree): boolean {
  for (const { path, type } of tree.entries()) {
    if (type !== 'directory' && /^(?:usr\/)?lib(?:64)?\/(?:[^/]+\/)?libc\.so\.6$/.test(path)) return true;
  }
  return false;
}
