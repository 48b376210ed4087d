import { posix } from 'node:path';
import type { Architecture, ImageTree } from '@catamaran/oci';
import type { ElfFile } from '../elf/elf-file.ts';
import type { Rule } from './rule.ts';

const triplets: Readonly<Record<Architecture, string>> = {
  amd64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
};

/** Every library that the file asks for is where the loader looks for it. ld.so(8), with Debian's folders. */
export const neededRule: Rule = {
  id: 'needed',
  check(file, image) {
    const { architecture } = image.platform;
    // A file for another machine is the machine rule's; where its libraries would be says nothing.
    if (file.machine !== architecture) return [];
    const folders = [...searchFolders(file), ...systemFolders(triplets[architecture])];
    return file.needed
      .filter((library) => !isPresent(library, folders, image))
      .map((library) => ({
        rule: 'needed',
        level: 'error',
        path: `/${file.path}`,
        message: `needs the library ${library}, which is not in the image`,
      }));
  },
};

function systemFolders(triplet: string): string[] {
  const folders = [`/lib/${triplet}`, `/usr/lib/${triplet}`];
  return [...folders, '/lib', '/usr/lib', '/lib64', '/usr/lib64', '/usr/local/lib'];
}

function searchFolders(file: ElfFile): string[] {
  const origin = `/${posix.dirname(file.path)}`;
  return (file.runpath.length > 0 ? file.runpath : file.rpath).map((folder) =>
    folder.replace(/\$ORIGIN|\$\{ORIGIN\}/g, () => origin),
  );
}

function isPresent(library: string, folders: readonly string[], image: ImageTree): boolean {
  const candidates = library.includes('/') ? [library] : folders.map((folder) => `${folder}/${library}`);
  return candidates.some((candidate) => image.resolve(candidate)?.type === 'file');
}
