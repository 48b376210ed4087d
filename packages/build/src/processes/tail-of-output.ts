const keptBytes = 64 * 1024;

/** Keeps the end of what a program prints, and tells each line that is complete. */
export class TailOfOutput {
  readonly #onLine: (line: string) => void;
  #text = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(chunk: string): void {
    this.#text = (this.#text + chunk).slice(-keptBytes);
    const lines = this.#text.split(/[\r\n]+/);
    const line = chunk.includes('\n') ? lines.at(-2) : undefined;
    if (line?.trim()) this.#onLine(line.trim());
  }

  /** Its last lines, indented. */
  lastLines(count: number): string {
    const lines = this.#text.trimEnd().split(/\r?\n/);
    const more = lines.length > count ? ['…'] : [];
    return [...more, ...lines.slice(-count)].map((line) => `  ${line}`).join('\n');
  }
}
