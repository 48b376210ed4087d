/** A paragraph of `Field: value` lines. https://www.debian.org/doc/debian-policy/ch-controlfields.html#syntax-of-control-files */
export type Paragraph = Readonly<Record<string, string>>;

/** Paragraphs of a control file; field names in lower case, continuation lines joined by newlines. */
export function parseParagraphs(text: string): Paragraph[] {
  return text
    .split(/\n[ \t]*\n+/)
    .filter((block) => block.trim() !== '')
    .map(parseParagraph);
}

export function parseParagraph(block: string): Paragraph {
  const fields: Record<string, string> = {};
  let last = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('#')) continue;
    if (/^[ \t]/.test(line)) {
      fields[last] = `${fields[last] ?? ''}\n${line.slice(1)}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon === -1) continue;
    last = line.slice(0, colon).toLowerCase();
    fields[last] = line.slice(colon + 1).trim();
  }
  return fields;
}
