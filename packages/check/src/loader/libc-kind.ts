import type { Architecture } from '@catamaran/oci';
import type { ElfFile } from '../elf/elf-file.ts';
import type { CheckedImage } from '../rules/rule.ts';
import { oncePerImage } from './once-per-image.ts';

/** "bionic" is Android's. */
export type LibcKind = 'glibc' | 'musl' | 'bionic';

/** Loaders' names are part of each CPU's ABI: that of glibc is in ld.so(8), musl's in its `configure`. */
const kindOfLoader: readonly (readonly [LibcKind, RegExp])[] = [
  ['musl', /^ld-musl-[^/]+\.so\.1$/],
  ['glibc', /^ld(?:-linux[^/]*|64)?\.so\.[12]$|^ld-linux[^/]*\.so\.\d+$/],
  ['bionic', /^linker(?:64)?$/],
];

/** The libraries that only one of them has by that name. */
const kindOfLibrary: readonly (readonly [LibcKind, RegExp])[] = [
  ['musl', /^libc\.musl-[^/]+\.so\.1$|^ld-musl-/],
  ['glibc', /^libc\.so\.6(?:\.1)?$|^ld-linux|^lib(?:m|pthread|dl|rt|resolv|util)\.so\.\d/],
];
/** Both musl, where its own compiler links, and Android's have "libc.so"; these are parts of that in musl. */
const partOfBionic = /^lib(?:log|dl|m)\.so$/;

/**
 * Which C library a file was linked with, told by its loader and by what it needs. Not by the versions that it asks
 * for: libgcc drags glibc's into files for musl. Undefined for what fits everywhere, as a static program does.
 */
export function libcKind({ interpreter, needed }: ElfFile): LibcKind | undefined {
  const loader = interpreter?.slice(interpreter.lastIndexOf('/') + 1);
  const ofLoader = loader === undefined ? undefined : match(kindOfLoader, [loader]);
  const known = ofLoader ?? match(kindOfLibrary, needed);
  if (known || !needed.includes('libc.so')) return known;
  return needed.some((name) => partOfBionic.test(name)) ? 'bionic' : 'musl';
}

function match(
  kinds: readonly (readonly [LibcKind, RegExp])[],
  names: readonly string[],
): LibcKind | undefined {
  return kinds.find(([, pattern]) => names.some((name) => pattern.test(name)))?.[0];
}

const loaders: Readonly<Record<Architecture, Readonly<Record<'glibc' | 'musl', string>>>> = {
  amd64: { glibc: '/lib64/ld-linux-x86-64.so.2', musl: '/lib/ld-musl-x86_64.so.1' },
  arm64: { glibc: '/lib/ld-linux-aarch64.so.1', musl: '/lib/ld-musl-aarch64.so.1' },
};

/** Those that programs find in an image: none in one of static programs, both in a Debian with the package "musl". */
export const libcKindsOf = oncePerImage((image): readonly LibcKind[] => {
  return (['glibc', 'musl'] as const).filter(
    (kind) => image.resolve(loaderPath(kind, image))?.type === 'file',
  );
});

export function loaderPath(kind: 'glibc' | 'musl', { platform }: CheckedImage): string {
  return loaders[platform.architecture][kind];
}

/** How a program's libraries are looked for: by the loader that its name leads to. Alpine's gcompat is musl's. */
export function kindOfProcess(program: ElfFile, image: CheckedImage): LibcKind | undefined {
  const loader = program.interpreter === undefined ? undefined : image.elf(program.interpreter);
  return /musl|gcompat|^libc\.so$/.test(loader?.soname ?? '') ? 'musl' : libcKind(program);
}
