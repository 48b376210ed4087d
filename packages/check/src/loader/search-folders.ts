import { posix } from 'node:path';
import type { Architecture } from '@catamaran/oci';
import type { CheckedImage } from '../rules/rule.ts';
import type { LibcKind } from './libc-kind.ts';
import type { LoaderConfiguration } from './loader-configuration.ts';
import type { LoadedObject, Process } from './process.ts';

const machines: Readonly<Record<Architecture, string>> = { amd64: 'x86_64', arm64: 'aarch64' };
const tripletOf = (architecture: Architecture) => `${machines[architecture]}-linux-gnu`;

/** Where one object's libraries are looked for before the system's folders, in order. */
export function ownFolders(
  object: LoadedObject,
  process: Process,
  configuration: LoaderConfiguration,
): string[] {
  const { environment } = configuration;
  const variables = environment.flatMap((folder) => expand(folder, process.main ?? object, process));
  if (process.libc === 'musl')
    return [...variables, ...withLoaders(object).flatMap((one) => muslFolders(one, process))];
  const own = object.file.runpath.flatMap((folder) => expand(folder, object, process));
  return [...inherited(object, process), ...variables, ...own];
}

/** DT_RPATH, of the object, of who loads it, and of the program: only where the object has no DT_RUNPATH. ld.so(8) */
function inherited(object: LoadedObject, process: Process): string[] {
  if (object.file.runpath.length > 0) return [];
  const chain = new Set([...withLoaders(object), ...(process.main ? [process.main] : [])]);
  return [...chain]
    .filter(({ file }) => file.runpath.length === 0)
    .flatMap((one) => one.file.rpath.flatMap((folder) => expand(folder, one, process)));
}

function withLoaders(object: LoadedObject): LoadedObject[] {
  const chain: LoadedObject[] = [];
  for (let one: LoadedObject | undefined = object; one; one = one.loader) chain.push(one);
  return chain;
}

/** musl takes both for the same, and lets both be inherited; of `$` it knows `$ORIGIN` only. ldso/dynlink.c, fixup_rpath */
function muslFolders(object: LoadedObject, process: Process): string[] {
  const folders = object.file.runpath.length > 0 ? object.file.runpath : object.file.rpath;
  const known = folders.every((folder) => !/\$(?!ORIGIN|\{ORIGIN\})/.test(folder));
  return known ? folders.flatMap((folder) => expand(folder, object, process)) : [];
}

/** Replaces ld.so's tokens; `$LIB` may be one of several folders. What is relative begins in the working directory. */
export function expand(text: string, object: LoadedObject, { image }: Process): string[] {
  const { architecture } = image.platform;
  const replaced = text
    .replace(/\$ORIGIN\b|\$\{ORIGIN\}/g, () => posix.dirname(object.path))
    .replace(/\$PLATFORM\b|\$\{PLATFORM\}/g, () => machines[architecture]);
  const folder = replaced.startsWith('/')
    ? replaced
    : `${posix.resolve('/', image.execution.WorkingDir ?? '')}/${replaced}`;
  const lib = /\$LIB\b|\$\{LIB\}/g;
  if (folder.search(lib) === -1) return [folder];
  return [`lib/${tripletOf(architecture)}`, 'lib64', 'lib'].map((name) => folder.replace(lib, () => name));
}

/** Where every object's libraries are looked for in the end. */
export function systemFolders(
  libc: LibcKind | undefined,
  image: CheckedImage,
  { muslFolders: folders }: LoaderConfiguration,
): readonly string[] {
  if (libc === 'musl') return folders;
  const triplet = tripletOf(image.platform.architecture);
  const debian = [`/lib/${triplet}`, `/usr/lib/${triplet}`, '/lib', '/usr/lib'];
  // Compiled into the loader, which only lies in such a folder where it was compiled as Debian does.
  return isDebian(image, triplet) ? debian : [...debian, '/lib64', '/usr/lib64'];
}

function isDebian(image: CheckedImage, triplet: string): boolean {
  return [`/lib/${triplet}`, `/usr/lib/${triplet}`].some((folder) => image.resolve(`${folder}/libc.so.6`));
}
