import { posix } from 'node:path';
import type { Project } from '../../project/project.ts';
import { type PathPattern, parsePattern } from './path-pattern.ts';

/** What is picked up below one folder that the configuration names. */
export interface Selection {
  /** From the project's folder; "." is the folder itself. Patterns are from here. */
  readonly from: string;
  /** Where it goes, from the application's folder in the image. */
  readonly to: string;
  readonly patterns: readonly PathPattern[];
}

type Picked = NonNullable<Project['app']['files']>;

/** The patterns and folders of `app.files` or `app.assets`; of what is picked twice, the later counts. */
export function selectionsOf(picked: Picked): Selection[] {
  const patterns = picked.filter((one) => typeof one === 'string');
  const folders = picked.filter((one) => typeof one !== 'string');
  return [
    ...(patterns.length > 0 ? [selection('.', '.', patterns)] : []),
    ...folders.map(({ from, to, files }) => selection(from, to, files)),
  ];
}

function selection(from: string, to: string, patterns: readonly string[]): Selection {
  return {
    from: from.replace(/\/$/, ''),
    to: to.replace(/\/$/, ''),
    patterns: patterns.map((text) => parsePattern(text, { braces: true })),
  };
}

/** The part of a pattern that has nothing special in it: the folder, or the file, that is named. "." where there is none. */
export function namedPart({ text }: PathPattern): string {
  const parts: string[] = [];
  for (const part of text.split('/')) {
    if (/[*?[\]{}\\]/.test(part)) break;
    parts.push(part);
  }
  return posix.join(...parts, '.').replace(/\/$/, '') || '.';
}
