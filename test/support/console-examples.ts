import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A command of a document, and what it says there that the command prints. */
export interface ConsoleExample {
  readonly command: string;
  readonly output: string;
  /** In the document, from 1. */
  readonly line: number;
}

/**
 * The examples in the "console" blocks of a Markdown document: each begins with "$ ", goes on where a line ends with a
 * backslash or within quotation marks, as in a shell, and is followed by its output.
 */
export function consoleExamples(markdown: string): readonly ConsoleExample[] {
  const examples: { command: string; output: string; line: number }[] = [];
  let inBlock = false;
  for (const [index, text] of markdown.split('\n').entries()) {
    const last = examples.at(-1);
    if (text.startsWith('```')) inBlock = text === '```console';
    else if (!inBlock) continue;
    else if (text.startsWith('$ ')) examples.push({ command: text.slice(2), output: '', line: index + 1 });
    else if (!last) throw new Error(`line ${index + 1}: a block of "console" begins with a command, "$ …"`);
    else if (isUnfinished(last.command)) last.command += `\n${text}`;
    else last.output += `${text}\n`;
  }
  return examples;
}

function isUnfinished(command: string): boolean {
  return command.endsWith('\\') || (command.match(/'/g) ?? []).length % 2 === 1;
}

/** What an example prints, on stdout and stderr as on a terminal. @param place `to` stands in for `from` */
export async function runExample(
  { command }: ConsoleExample,
  place: { readonly from: string; readonly to: string },
): Promise<string> {
  const { from, to } = place;
  const text = command.replaceAll(from, to);
  // "-s" takes curl's progress from what is no terminal.
  const silent = text.replace(/\bcurl /g, 'curl -s ');
  const { stdout } = await promisify(execFile)('sh', ['-c', `exec 2>&1\n${silent}`], { timeout: 20_000 });
  const printed = stdout.replaceAll('\r', '').replaceAll(to, from);
  return printed === '' || printed.endsWith('\n') ? printed : `${printed}\n`;
}

/** Of what an example prints; "…" in the document stands for anything. */
export function outputPattern({ output }: ConsoleExample): RegExp {
  const parts = output.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*?')}$`);
}
