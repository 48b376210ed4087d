import type { Instruction } from '../syntax/instruction.ts';

/** What an instruction's shell is given: the words of a JSON array too, and the heredocs. */
export function scriptOf({ text, heredocs }: Instruction): string {
  return [jsonWords(text) ?? text, ...heredocs.map(({ content }) => content)].join('\n');
}

function jsonWords(text: string): string | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.join(' ') : undefined;
  } catch {
    return undefined;
  }
}

/** Commands of a shell script, roughly: split where one ends, without the comments. */
export function commandsOf(script: string): string[] {
  return script
    .replace(/\\\n/g, ' ')
    .replace(/^\s*#.*$/gm, '')
    .split(/&&|\|\||[;\n|(){}]|\b(?:then|do|else|elif|if|while)\b/)
    .map((command) => command.trim())
    .filter((command) => command !== '');
}
