import { type Context, createContext } from '@catamaran/oci';
import { showProgress } from '../progress/show-progress.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { hideTypelessWarning } from './hide-typeless-warning.ts';
import { abortOnSignals } from './interruption.ts';
import { errorDocument, formatError } from './print-error.ts';
import { type Terminal, terminalOf } from './terminal.ts';

/** What a command returns: the document for `--json`, the text for people, and how the process ends. */
export interface CommandResult {
  readonly document: unknown;
  /** For stdout; bytes are passed on as they are. */
  readonly text: string | Uint8Array;
  /** For stderr: what a person wants to see and a script does not. */
  readonly summary?: string;
  readonly exitCode?: number;
}

export interface CommandSurroundings {
  readonly environment: Environment;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
}

/** Runs a command's work with progress, signals and errors, and ends the process. */
export async function runCommand(
  options: { readonly json?: boolean; readonly quiet?: boolean; readonly watch?: boolean },
  work: (surroundings: CommandSurroundings, ctx: Context) => Promise<CommandResult>,
): Promise<never> {
  const stdout = terminalOf(process.stdout, process.env);
  const stderr = terminalOf(process.stderr, process.env);
  let exitCode = 0;
  hideTypelessWarning();
  try {
    const environment = readEnvironment();
    const result = await withProgress(stderr, options.quiet ?? false, (ctx) =>
      work({ environment, stdout, stderr }, ctx),
    );
    if (result.summary && !options.quiet) await stderr.write(result.summary);
    await stdout.write(options.json ? `${JSON.stringify(result.document, undefined, 2)}\n` : result.text);
    exitCode = result.exitCode ?? 0;
  } catch (error) {
    exitCode = exitCodeOf(error);
    // What is watched tells one document a line.
    const indent = options.watch ? undefined : 2;
    const document = `${JSON.stringify(errorDocument(error), undefined, indent)}\n`;
    // Where the error cannot be told either, there is still the exit code.
    if (options.json) await stdout.write(document).catch(() => {});
    await stderr.write(formatError(error, stderr)).catch(() => {});
  }
  process.exit(exitCode);
}

async function withProgress<T>(
  stderr: Terminal,
  quiet: boolean,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  using progress = showProgress(process.stderr, stderr, quiet);
  using signals = abortOnSignals(
    () => progress.emit({ type: 'warning', message: 'Stopping; once more to stop at once.' }),
    () => progress[Symbol.dispose](),
  );
  const ctx = createContext({ signal: signals.signal, emit: progress.emit });
  try {
    return await work(ctx);
  } catch (error) {
    // What a stopped part says of itself is noise; that it was told to stop is the news.
    throw ctx.signal.aborted ? ctx.signal.reason : error;
  }
}
