import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { repositoryFolder } from './repository.ts';

export interface ProgramOptions {
  /** Where it is called, and so where its `.catamaran` folder appears. */
  readonly cwd: string;
  /** Added to this process's environment; undefined takes a variable out of it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** After which it is killed, and the promise rejects with what it had said until then. */
  readonly timeoutMs?: number;
  /** Sent once, when what was written on stderr so far matches. */
  readonly signalAfter?: { readonly stderr: RegExp; readonly signal: NodeJS.Signals };
  /** Kills it, without a word of warning. */
  readonly killWhen?: AbortSignal;
  /** For the files that it makes; this process's own by default. */
  readonly umask?: number;
  /** A shell's script that runs it as "$0" "$@", where what it writes is to go somewhere else. */
  readonly shell?: string;
  /** The Node.js that runs it; this process's own by default. */
  readonly node?: string;
  /** Of `packProgram`, instead of a checkout's. */
  readonly program?: string;
  /** The checkout whose program it is; this one by default. */
  readonly repository?: string;
}

export interface ProgramResult {
  readonly pid: number;
  /** As a shell gives it; null when a signal that the program did not handle ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `catamaran` as a person does, in a process of its own and without a shell between. */
export async function runCatamaran(args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  const { timeoutMs = 120_000, signalAfter } = options;
  const child = spawnProgram(args, options);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  options.killWhen?.addEventListener('abort', () => child.kill('SIGKILL'));
  if (signalAfter) {
    let seen = '';
    child.stderr.on('data', function signalOnce(chunk: Buffer) {
      seen += chunk.toString();
      if (!signalAfter.stderr.test(seen)) return;
      child.stderr.off('data', signalOnce);
      child.kill(signalAfter.signal);
    });
  }
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve([code, signal]));
  });
  try {
    const [stdout, stderr, [exitCode, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      ended,
    ]);
    if (timedOut)
      throw new Error(`catamaran ${args.join(' ')}: killed after ${timeoutMs} ms\n${stdout}${stderr}`);
    return { pid: child.pid ?? 0, exitCode, signal, stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}

export function spawnProgram(
  args: readonly string[],
  { cwd, env = {}, umask, shell, repository = repositoryFolder, ...more }: ProgramOptions,
): ChildProcessByStdio<null, Readable, Readable> {
  const program = more.program ?? join(repository, 'packages', 'cli', 'bin', 'catamaran.js');
  const before = umask === undefined ? undefined : process.umask(umask);
  try {
    const words = [more.node ?? process.execPath, program, ...args];
    const [file = '', ...rest] = shell === undefined ? words : ['sh', '-c', shell, ...words];
    return spawn(file, rest, {
      cwd,
      env: programEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } finally {
    if (before !== undefined) process.umask(before);
  }
}

/** What vitest puts into the environment of tests, and what would change what the program says or makes. */
const leftOut = new Set([
  ...['DEV', 'MODE', 'NODE_ENV', 'PROD', 'SSR', 'TEST', 'BASE_URL'],
  ...['FORCE_COLOR', 'NODE_OPTIONS', 'NODE_V8_COVERAGE', 'SOURCE_DATE_EPOCH'],
]);

function programEnvironment(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !leftOut.has(name) && !name.startsWith('VITEST'),
  );
  return { ...Object.fromEntries(own), NO_COLOR: '1', ...env };
}
