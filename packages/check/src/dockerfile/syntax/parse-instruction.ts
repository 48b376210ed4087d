import { DockerfileParser, Env, type Flag as ParsedFlag } from 'dockerfile-ast';
import type { Flag, Heredoc, Instruction, Variable } from './instruction.ts';
import type { LogicalLine } from './logical-lines.ts';
import { words } from './words.ts';

type Place = Pick<Instruction, 'line' | 'endLine'>;

/** Parses one instruction; undefined when there is no keyword in it. */
export function parseInstruction(at: LogicalLine, continuation: string): Instruction | undefined {
  return parse(at.text, { line: at.line, endLine: at.endLine }, at.heredocs, continuation);
}

/**
 * One instruction at a time, since as a file dockerfile-ast would take the lines of some heredocs (`3<<EOF`,
 * `<<"a b"`) for instructions, and comments within instructions for words.
 */
function parse(
  text: string,
  place: Place,
  heredocs: readonly Heredoc[],
  continuation: string,
): Instruction | undefined {
  const [parsed] = DockerfileParser.parse(
    continuation === '`' ? `# escape=\`\n${text}` : text,
  ).getInstructions();
  if (!parsed) return undefined;
  const keyword = parsed.getKeyword();
  const rest = (parsed.getArgumentsContent() ?? '').trim();
  const flags = 'getFlags' in parsed ? (parsed.getFlags as () => ParsedFlag[]).call(parsed).map(flagOf) : [];
  const variables =
    keyword === 'ARG' ? argumentsOf(rest) : parsed instanceof Env ? environmentOf(parsed) : [];
  const read = { keyword, ...place, flags, text: rest, heredocs, variables };
  const trigger = keyword === 'ONBUILD' ? parse(rest, place, heredocs, continuation) : undefined;
  return trigger ? { ...read, heredocs: [], trigger } : read;
}

function flagOf(flag: ParsedFlag): Flag {
  return { name: flag.getName(), value: (flag.getValue() ?? '').replace(/^(["'])(.*)\1$/, '$2') };
}

/** `ARG A B=1`: dockerfile-ast takes that for the old form of ENV, and B=1 for A's value. */
function argumentsOf(text: string): Variable[] {
  return words(text).map((word) => {
    const at = word.indexOf('=');
    return at < 0 ? { name: word } : { name: word.slice(0, at), value: word.slice(at + 1) };
  });
}

function environmentOf(parsed: Env): Variable[] {
  return parsed.getProperties().map((property) => {
    const value = property.getUnescapedValue();
    return value === null ? { name: property.getName() } : { name: property.getName(), value };
  });
}
