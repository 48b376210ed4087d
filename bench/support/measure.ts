import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

export interface Measured {
  readonly seconds: number;
  /** The largest resident set of the process itself, without its children; 0 where it cannot be seen. */
  readonly peakBytes: number;
  /** The largest sum of the resident sets of the process and its children that was seen. */
  readonly familyPeakBytes: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface MeasureOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program. */
  readonly signal?: AbortSignal;
}

const sampleEveryMs = 10;

/** Runs a program to its end. It is not waited for synchronously: servers of ours go on meanwhile. */
export async function measure(
  command: string,
  args: readonly string[],
  options: MeasureOptions = {},
): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let [peakBytes, familyPeakBytes] = [0, 0];
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, kilobytesOf(child.pid, 'VmHWM') * 1024);
    familyPeakBytes = Math.max(familyPeakBytes, residentOfFamily(child.pid));
  }, sampleEveryMs);
  try {
    // Once it has closed, nothing of it goes on, even if it was told to end.
    const closed = new Promise<number | null>((resolve, reject) => {
      let failure: Error | undefined;
      child.once('error', (error) => {
        failure = error;
      });
      child.once('close', (code) => (failure ? reject(failure) : resolve(code)));
    });
    const [code, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
    if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
    return { seconds: (performance.now() - started) / 1000, peakBytes, familyPeakBytes, stdout, stderr };
  } finally {
    clearInterval(timer);
  }
}

function residentOfFamily(pid: number | undefined): number {
  const children = readProc(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.reduce((sum, child) => sum + residentOfFamily(child), kilobytesOf(pid, 'VmRSS') * 1024);
}

/** VmHWM, the peak so far, or VmRSS, of proc_pid_status(5). */
function kilobytesOf(pid: number | undefined, field: 'VmHWM' | 'VmRSS'): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readProc(pid, 'status'))?.[1] ?? 0);
}

/** Empty where there is no such thing: on another system, or once the process is gone. */
function readProc(pid: number | undefined, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
