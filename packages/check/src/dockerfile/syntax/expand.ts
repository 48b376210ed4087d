/** The value of a variable; undefined when it is not set. */
export type ValueOf = (name: string) => string | undefined;

export interface Expanded {
  readonly text: string;
  /** Names without a value, for which nothing else was given either. */
  readonly unset: readonly string[];
}

/** Deeper than this nobody nests `${A:-${B}}`. */
const deepest = 8;

/** What is longer is cut: `ENV A=$A$A` doubles it on each line. */
const longestValue = 4096;

/**
 * Expands `$A`, `${A}`, `${A:-word}`, `${A-word}`, `${A:+word}` and `${A+word}` as BuildKit does in FROM, ARG, ENV,
 * COPY and ADD; quotes go, and in single ones nothing is expanded. Other operators give the value as it is.
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function expand(text: string, lookUp: ValueOf, depth = 0): Expanded {
  const unset: string[] = [];
  let result = '';
  let quote = '';
  for (let at = 0; at < text.length && result.length < longestValue; at += 1) {
    const character = text[at] ?? '';
    if (character === '\\' && quote !== "'") {
      at += 1;
      result += text[at] ?? '';
    } else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character !== '$' || quote === "'") result += character;
    else {
      const reference = referenceAt(text, at);
      if (!reference) result += character;
      else {
        const value = depth < deepest ? valueFor(reference, lookUp, depth) : { text: '', unset: [] };
        result += value.text;
        unset.push(...value.unset);
        at = reference.end - 1;
      }
    }
  }
  return { text: result, unset };
}

interface VariableReference {
  readonly name: string;
  /** `:-`, `-`, `:+`, `+`, another one, or none. */
  readonly operator: string;
  readonly word: string;
  readonly end: number;
}

function referenceAt(text: string, at: number): VariableReference | undefined {
  const name = /[A-Za-z_]\w*|\d/y;
  name.lastIndex = text[at + 1] === '{' ? at + 2 : at + 1;
  const found = name.exec(text)?.[0];
  if (found === undefined) return undefined;
  if (text[at + 1] !== '{') return { name: found, operator: '', word: '', end: name.lastIndex };
  const end = closingBrace(text, at + 2);
  if (end < 0) return undefined;
  const rest = text.slice(at + 2 + found.length, end);
  const operator = /^(:?[-+?]|[#%/]{0,2})/.exec(rest)?.[0] ?? '';
  return { name: found, operator, word: rest.slice(operator.length), end: end + 1 };
}

function closingBrace(text: string, from: number): number {
  let open = 1;
  // Long enough for what people write, and what bounds the work on anything else.
  const limit = Math.min(text.length, from + 1024);
  for (let at = from; at < limit; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '{') open += 1;
    else if (text[at] === '}') open -= 1;
    if (open === 0) return at;
  }
  return -1;
}

function valueFor({ name, operator, word }: VariableReference, lookUp: ValueOf, depth: number): Expanded {
  const value = lookUp(name);
  const isSet = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  if (operator.endsWith('-'))
    return isSet ? { text: value ?? '', unset: [] } : expand(word, lookUp, depth + 1);
  if (operator.endsWith('+')) return isSet ? expand(word, lookUp, depth + 1) : { text: '', unset: [] };
  return { text: value ?? '', unset: value === undefined ? [name] : [] };
}
