import { posix } from 'node:path';
import type { Architecture, ImageTree, Platform } from '@catamaran/oci';
import type { ElfFile } from '../elf/elf-file.ts';
import type { Rule } from './rule.ts';

const triplets: Readonly<Record<Architecture, string>> = {
  amd64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
};

/** Every library that the file asks for is where the loader looks for it. ld.so(8), with Debian's folders. */
export function neededRule(platform: Platform): Rule {
  const triplet = triplets[platform.architecture];
  const systemFolders = [
    `/lib/${triplet}`,
    `/usr/lib/${triplet}`,
    '/lib',
    '/usr/lib',
    '/lib64',
    '/usr/lib64',
    '/usr/local/lib',
  ];
  return {
    id: 'needed',
    check(file, image) {
      // A file for another machine is the machine rule's; where its libraries would be says nothing.
      if (file.machine !== platform.architecture) return [];
      const folders = [...searchFolders(file), ...systemFolders];
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
}

function searchFolders(file: ElfFile): string[] {
  const origin = `/${posix.dirname(file.path)}`;
  return file.searchPath.map((folder) => folder.replace(/\$ORIGIN|\$\{ORIGIN\}/g, () => origin));
}

function isPresent(library: string, folders: readonly string[], image: ImageTree): boolean {
  const candidates = library.includes('/') ? [library] : folders.map((folder) => `${folder}/${library}`);
  return candidates.some((candidate) => image.resolve(candidate)?.type === 'file');
}
