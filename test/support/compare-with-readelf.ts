import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isElf, readElf } from '../../packages/check/src/elf/read-elf.ts';
import { readelfAll } from '../../packages/check/src/testing/readelf.ts';
import { walk } from './walk.ts';

/** How much of a file tells whether it is ELF is read with all of it: no file here is too large for that. */
export async function compareWithReadelf(
  folder: string,
): Promise<{ files: number; different: readonly unknown[] }> {
  const ours = new Map(
    walk(folder)
      .filter(({ entry }) => entry.isFile())
      .map(({ path }) => join(folder, path))
      .flatMap((path) => {
        const bytes = readFileSync(path);
        return isElf(bytes) ? [[path, readElf(path, bytes)] as const] : [];
      }),
  );
  const theirs = readelfAll([...ours.keys()]);
  const different = [...ours].flatMap(([path, { addon, nodeVersion, ...file }]) => {
    const other = { path, ...theirs.get(path) };
    return isDeepStrictEqual(file, other) ? [] : [{ ours: file, readelf: other }];
  });
  return { files: ours.size, different };
}
