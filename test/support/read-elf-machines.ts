import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { walk } from './walk.ts';

const filesAtOnce = 500;

/** The machine of every ELF file below a folder, by path and in the words of binutils' `readelf`. */
export async function readElfMachines(folder: string): Promise<Map<string, string>> {
  const files = walk(folder).flatMap(({ path, entry }) => (entry.isFile() ? [join(folder, path)] : []));
  const machines = new Map<string, string>();
  for (let at = 0; at < files.length; at += filesAtOnce) {
    const output = await readelf(files.slice(at, at + filesAtOnce));
    for (const [, path = '', header = ''] of output.matchAll(/^File: (.*)\n((?:(?!File: ).*\n?)*)/gm)) {
      const machine = /^ +Machine: +(.*)$/m.exec(header)?.[1];
      if (machine) machines.set(path, machine);
    }
  }
  return machines;
}

function readelf(paths: readonly string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C' };
  return new Promise((resolve, reject) => {
    // Fails on files that are not ELF, which is what it is asked to find out. It names files when there are several.
    execFile('readelf', ['-h', '/dev/null', ...paths], { env, maxBuffer: 2 ** 26 }, (error, stdout) => {
      if (error && error.code !== 1) reject(error);
      else resolve(stdout);
    });
  });
}
