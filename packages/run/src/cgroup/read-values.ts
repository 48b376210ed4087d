import { readFile } from 'node:fs/promises';

/** A file that holds one number. */
export async function readNumber(path: string): Promise<number> {
  const text = (await readFile(path, 'utf8')).trim();
  const value = Number(text);
  if (text === '' || Number.isNaN(value)) throw new Error(`"${path}" holds "${text}" and not a number`);
  return value;
}

/** A file with lines of a name and a number ("flat keyed" in the kernel's words). */
export async function readTable(path: string): Promise<ReadonlyMap<string, number>> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return new Map(
    lines.map((line) => {
      const [name = '', value] = line.split(' ');
      return [name, Number(value)];
    }),
  );
}
