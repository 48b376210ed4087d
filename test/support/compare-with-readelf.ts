import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isElf, readElf } from '../../packages/check/src/elf/read-elf.ts';
import { readelfAll } from '../../packages/check/src/testing/readelf.ts';
import { walk } from './walk.ts';

/** Every ELF file below a folder as it is read here and by readelf: how many there are, and those that differ. */
export async function compareWithReadelf(
  folder: string,
): Promise<{ files: number; different: readonly unknown[] }> {
  const ours = new Map((await elfFiles(folder)).map((path) => [path, readElf(path, readFileSync(path))]));
  const theirs = readelfAll([...ours.keys()]);
  const different = [...ours].flatMap(([path, { addon, nodeVersion, ...file }]) => {
    const other = { path, ...theirs.get(path) };
    return isDeepStrictEqual(file, other) ? [] : [{ ours: file, readelf: other }];
  });
  return { files: ours.size, different };
}

async function elfFiles(folder: string): Promise<string[]> {
  const paths = walk(folder).flatMap(({ path, entry }) => (entry.isFile() ? [join(folder, path)] : []));
  const heads = paths.map(async (path) => ({ path, head: await headOf(path) }));
  return (await Promise.all(heads)).filter(({ head }) => isElf(head)).map(({ path }) => path);
}

async function headOf(path: string): Promise<Uint8Array> {
  await using handle = await open(path);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  return buffer.subarray(0, bytesRead);
}
