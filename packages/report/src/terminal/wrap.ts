/** Breaks text at spaces so that no line is longer than `width`, except for a single word that is. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(unbroken)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** A space, but not the one between a number and its unit. */
const unbroken = /(?<!\d) | (?!(?:%|ms|s|min|h|[KMGT]?i?B|vCPU|GiB|MiB)\b|%)/;

/** Wraps text behind a label; the lines below the first start where it started. */
export function hang(label: string, text: string, width: number): string[] {
  const indent = ' '.repeat(label.length);
  return wrap(text, width - label.length).map((line, index) => (index === 0 ? label : indent) + line);
}
