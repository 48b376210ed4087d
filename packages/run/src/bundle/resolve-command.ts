import { posix } from 'node:path';
import type { PlacedEntry } from '@catamaran/oci';
import { runErrors } from '../errors.ts';
import { type Root, readRootFile } from './read-root-file.ts';

/** A command with nothing left to look up: no PATH, no links, no `#!`. */
export interface ResolvedCommand {
  /** The executable's path in the image, without a leading slash; what it is, is not yet known. */
  readonly executable: string;
  /** What the process is to see as its arguments, from `argv[0]` on. */
  readonly args: readonly string[];
}

export interface CommandPlace {
  readonly path: string;
  readonly cwd: string;
}

/** The kernel follows as many interpreters of interpreters (execve(2), "Interpreter scripts"). */
const maxInterpreters = 4;
/** As much of the first line as the kernel reads. */
const firstLineBytes = 256;

/** @throws CATA_ENTRYPOINT_MISSING */
export async function resolveCommand(
  args: readonly string[],
  place: CommandPlace,
  root: Root,
): Promise<ResolvedCommand> {
  let current = args;
  for (let depth = 0; ; depth++) {
    const command = current[0] ?? '';
    const found = findExecutable(command, place, root);
    if (!found) throw runErrors.CATA_ENTRYPOINT_MISSING({ command, path: place.path });
    const interpreter = depth < maxInterpreters ? await readInterpreter(found, root) : undefined;
    if (!interpreter) return { executable: found.path, args: current };
    current = [...interpreter, `/${found.path}`, ...current.slice(1)];
  }
}

function findExecutable(command: string, place: CommandPlace, root: Root): PlacedEntry | undefined {
  if (command === '') return undefined;
  const candidates = command.includes('/')
    ? [posix.resolve('/', place.cwd, command)]
    : place.path.split(':').map((folder) => posix.resolve('/', place.cwd, folder, command));
  for (const candidate of candidates) {
    const entry = root.tree.resolve(candidate);
    if (entry?.type === 'file' && (entry.mode & 0o111) !== 0) return entry;
  }
  return undefined;
}

/**
 * The words of a script's `#!` line: an interpreter and at most one argument. `/usr/bin/env node` counts as
 * `node`, since an emulated `env` would have the kernel start a foreign executable, which it cannot.
 */
async function readInterpreter(script: PlacedEntry, root: Root): Promise<string[] | undefined> {
  const head = Buffer.from((await readRootFile(root, script.path, firstLineBytes)) ?? []).toString('latin1');
  const groups = /^#![ \t]*(?<name>[^ \t\n]+)[ \t]*(?<argument>[^\n]*)/.exec(head)?.groups;
  if (!groups?.name) return undefined;
  const argument = groups.argument?.trimEnd();
  if (posix.basename(groups.name) === 'env' && argument && /^[^-=]\S*$/.test(argument)) return [argument];
  return argument ? [groups.name, argument] : [groups.name];
}
