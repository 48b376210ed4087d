import { spawn } from 'node:child_process';
import { join } from 'node:path';
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
  /** The checkout whose program it is; this one by default. */
  readonly repository?: string;
}

export interface ProgramResult {
  /** As a shell gives it; null when a signal that the program did not handle ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `catamaran` as a person does, in a process of its own and without a shell between. */
export async function runCatamaran(
  args: readonly string[],
  { cwd, env = {}, timeoutMs = 120_000, signalAfter, repository = repositoryFolder }: ProgramOptions,
): Promise<ProgramResult> {
  const program = join(repository, 'packages', 'cli', 'bin', 'catamaran.js');
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: programEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, timeoutMs);
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
    return { exitCode, signal, stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}

/** This process's, less what vitest and npm put there and what would change the output. */
function programEnvironment(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const clean = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|NODE_V8_COVERAGE$|FORCE_COLOR$|SOURCE_DATE_EPOCH$)/i.test(name),
  );
  return { ...Object.fromEntries(clean), NO_COLOR: '1', ...env };
}
