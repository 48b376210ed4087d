import { writeFileSync } from 'node:fs';
import { command } from './command.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Writes who may enter a registry, as `docker-registry` reads it. @returns the path */
export async function writePasswordFile(path: string, { username, password }: Login): Promise<string> {
  writeFileSync(path, await command('htpasswd', '-Bbn', username, password));
  return path;
}
