import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { collectBytes } from '@catamaran/oci';
import type { Application } from '../src/source/application.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A file of an application as text; "" where there is none. */
export async function textOf({ files }: Application, path: string): Promise<string> {
  const found = files.find((file) => file.path === path);
  return found ? Buffer.from(await collectBytes(found.content())).toString('utf8') : '';
}

export const codeOf = (made: Application): Promise<string> => textOf(made, made.entry);

/** Puts an application into a folder as an image has it, and runs it there. @returns what it printed */
export async function runApplication(made: Application, folder = temporaryFolder()): Promise<string> {
  for (const { path, mode, content } of made.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), await collectBytes(content()), { mode });
  }
  for (const { path, target } of made.links) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(target, join(folder, path));
  }
  const args = [...made.nodeOptions, join(folder, made.entry)];
  const printed = execFileSync(process.execPath, args, {
    cwd: folder,
    env: {},
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return printed.replaceAll(folder, '');
}
