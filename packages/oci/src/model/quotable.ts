import { stripVTControlCharacters } from 'node:util';

const longest = 300;

/**
 * What somebody else wrote, as an error may quote it: on one line, short, and without what a terminal would obey or
 * what would turn the line's direction.
 * @param maxLength in UTF-16 units
 */
export function quotable(text: string, maxLength: number = longest): string {
  // More than will be shown, for what is left out of it, and not all of what may be megabytes.
  const line = stripVTControlCharacters(text.slice(0, 16 * maxLength))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}
