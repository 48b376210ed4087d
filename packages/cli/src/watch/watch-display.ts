import type { BuildDocument } from '../build/build-document.ts';
import { buildSummary } from '../build/build-summary.ts';
import { deliverySummary } from '../outputs/delivery-summary.ts';
import { formatError } from '../process/print-error.ts';
import { styler } from '../process/styler.ts';
import type { Terminal } from '../process/terminal.ts';
import type { Change } from './changes.ts';
import type { BuildOutcome } from './repeated-build.ts';
import { differenceOf, failedLine, type WatchDocument } from './watch-result.ts';
import { changesText, rebuildSummary } from './watch-text.ts';

export interface DisplayOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** From which paths are shown. */
  readonly folder: string;
}

/** Prints what comes of watched builds: digests, or documents, on stdout, and all else on stderr. */
export class WatchDisplay {
  readonly #options: DisplayOptions;
  #before: BuildDocument | undefined;
  #isFirst = true;

  constructor(options: DisplayOptions) {
    this.#options = options;
  }

  async changed(changes: readonly Change[], isInterrupted: boolean): Promise<void> {
    const { stderr, folder } = this.#options;
    await this.#comment(changesText(changes, folder, styler(stderr.color)));
    if (isInterrupted) await this.#comment('Begun again, as this changed while it was built.\n');
  }

  async built(outcome: BuildOutcome, changed: readonly Change[], watchedFiles: number): Promise<void> {
    if ('error' in outcome) await this.#tellFailure(outcome.error, changed);
    else await this.#tellBuild(outcome, changed);
    if (this.#isFirst) await this.#comment(`Watching ${watchedFiles} files; Ctrl-C ends.\n`);
    this.#isFirst = false;
  }

  async #tellFailure(error: unknown, changed: readonly Change[]): Promise<void> {
    const { stderr } = this.#options;
    await stderr.write(formatError(error, stderr));
    await this.#print(failedLine(error, changed), '');
  }

  async #tellBuild(
    { document, delivered }: Exclude<BuildOutcome, { error: unknown }>,
    changed: readonly Change[],
  ): Promise<void> {
    const difference = differenceOf(this.#before, document);
    const summary = this.#before ? rebuildSummary(document, difference) : buildSummary(document);
    this.#before = document;
    await this.#comment(`${summary}${deliverySummary(delivered)}`);
    await this.#print(
      { event: 'built', changed, ...document, ...delivered, difference },
      `${document.digest}\n`,
    );
  }

  async #comment(text: string): Promise<void> {
    if (!this.#options.quiet) await this.#options.stderr.write(text);
  }

  #print(document: WatchDocument, text: string): Promise<void> {
    const { json, stdout } = this.#options;
    return stdout.write(json ? `${JSON.stringify(document)}\n` : text);
  }
}
