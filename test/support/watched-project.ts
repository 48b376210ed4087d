import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { WatchDocument } from '../../packages/cli/src/watch/watch-result.ts';
import type { LocalProject } from './local-project.ts';
import { spawnProgram } from './run-catamaran.ts';

/** `catamaran build --watch --json` that runs; disposing kills it. */
export interface WatchedProject extends AsyncDisposable {
  readonly pid: number;
  /** The next line that it prints. @throws with all that it said, when it has ended */
  next(): Promise<WatchDocument>;
  /** Waits until it has written that on stderr. */
  said(pattern: RegExp): Promise<void>;
  /** Sends a signal and waits for the end. @returns the exit code, and what was printed that nobody has taken */
  end(
    signal: NodeJS.Signals,
  ): Promise<{ readonly exitCode: number | null; readonly lines: readonly string[] }>;
}

export function watchProject(project: LocalProject, ...flags: readonly string[]): WatchedProject {
  const args = ['build', '--watch', '--json', ...flags];
  const child = spawnProgram(args, { cwd: project.folder, env: project.env });
  const exited = once(child, 'close');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  let stderr = '';
  let heard = () => {};
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    heard();
  });
  return {
    pid: child.pid ?? 0,
    async next() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`catamaran ${args.join(' ')} has ended:\n${stderr}`);
      return JSON.parse(value) as WatchDocument;
    },
    said: (pattern) =>
      new Promise((resolve) => {
        heard = () => {
          if (pattern.test(stderr)) resolve();
        };
        heard();
      }),
    async end(signal) {
      child.kill(signal);
      const [exitCode] = (await exited) as [number | null];
      const rest: string[] = [];
      for await (const line of { [Symbol.asyncIterator]: () => lines }) rest.push(line);
      return { exitCode, lines: rest };
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
