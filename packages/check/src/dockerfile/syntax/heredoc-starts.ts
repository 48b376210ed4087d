import { words } from './words.ts';

export interface HeredocStart {
  /** The line that ends it. */
  readonly name: string;
  /** `<<-`: tabs before the name, and before each line, do not count. */
  readonly chomps: boolean;
  readonly isQuoted: boolean;
}

/** `<<EOF`, `<<-EOF`, `<<"EOF"`, `3<<EOF`: a word of its own, as BuildKit has it, and not `<<<`. */
export function heredocStarts(text: string): HeredocStart[] {
  return words(text).flatMap((word) => {
    const found = /^\d*<<(?<dash>-?)(?<name>[^<]+)$/.exec(word)?.groups;
    const name = found?.name?.replace(/(["'])(.*?)\1/g, '$2').replace(/\\(.)/g, '$1');
    return name ? [{ name, chomps: found?.dash === '-', isQuoted: name !== found?.name }] : [];
  });
}
