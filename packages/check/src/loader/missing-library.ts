import { posix } from 'node:path';
import type { ElfFile } from '../elf/elf-file.ts';
import type { CheckedImage } from '../rules/rule.ts';
import { fitsMachine } from './fits-image.ts';
import { oncePerImage } from './once-per-image.ts';

/** Where else a library is that the loader does not find: first those that it could load. */
export function librariesNamed(name: string, image: CheckedImage): readonly ElfFile[] {
  const found = librariesOf(image).get(posix.basename(name)) ?? [];
  return [...found].sort((a, b) => Number(fitsMachine(b, image)) - Number(fitsMachine(a, image)));
}

/** By what they could be asked for as. */
const librariesOf = oncePerImage((image): ReadonlyMap<string, readonly ElfFile[]> => {
  const names = new Map<string, ElfFile[]>();
  for (const file of image.elfFiles.filter(({ type }) => type === 'dyn')) {
    for (const name of new Set([posix.basename(file.path), file.soname ?? ''])) {
      names.set(name, [...(names.get(name) ?? []), file]);
    }
  }
  return names;
});
