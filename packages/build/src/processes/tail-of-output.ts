import { stripVTControlCharacters } from 'node:util';

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
    const plain = stripVTControlCharacters(line ?? '').trim();
    if (plain) this.#onLine(plain);
  }

  /** Its last lines, indented and without colours. */
  lastLines(count: number): string {
    const lines = stripVTControlCharacters(this.#text).trimEnd().split(/\r?\n/);
    const more = lines.length > count ? ['…'] : [];
    return [...more, ...lines.slice(-count)].map((line) => `  ${line}`).join('\n');
  }
}
