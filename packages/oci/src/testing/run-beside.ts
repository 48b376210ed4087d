import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What a program writes to its standard output, where a server in this very process has to go on answering meanwhile. */
export async function runBeside(name: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(name, args, { timeout: 20_000, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
