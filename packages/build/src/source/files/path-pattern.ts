/** One pattern of a list, in the language of `.dockerignore`. */
export interface PathPattern {
  /** As it was written, without the "!". */
  readonly text: string;
  /** It began with "!": what it matches is taken back. */
  readonly negated: boolean;
  /** Whether it matches this very path; no leading slash in it, and none at its end. */
  matches(path: string): boolean;
}

interface PatternOptions {
  /** Whether `{a,b}` stands for either, as in the globs of JavaScript; in an ignore file it does not. */
  readonly braces: boolean;
}

/**
 * Reads a pattern: `*` and `?` stop at a slash, `**` does not, `[a-z]`, `\` takes the next character as it is.
 * https://docs.docker.com/build/concepts/context/#syntax
 * @throws SyntaxError
 */
export function parsePattern(written: string, { braces }: PatternOptions): PathPattern {
  const trimmed = written.trim();
  const negated = trimmed.startsWith('!');
  const text = cleanPath(negated ? trimmed.slice(1).trim() : trimmed);
  if (text === '') throw new SyntaxError(`"${written}" names nothing`);
  const expression = new RegExp(`^${expressionOf(text, braces)}$`, 'su');
  return { text, negated, matches: (path) => expression.test(path) };
}

/** Go's `filepath.Clean`, without the slash before it. "" for the folder itself. */
function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

function expressionOf(pattern: string, braces: boolean): string {
  // Without anything else that is special, Docker asks only how the path ends: "**file" matches "my-file" too.
  if (/^\*\*[^*?[\]\\]+$/.test(pattern) && !(braces && pattern.includes('{'))) {
    const end = pattern.slice(2);
    return end.startsWith('/') ? `(?:.*/)?${literal(end.slice(1))}` : `.*${literal(end)}`;
  }
  let expression = '';
  let open = 0;
  for (let at = 0; at < pattern.length; ) {
    const [part, next] = partAt(pattern, at, braces ? open : undefined);
    if (braces && pattern[at] === '{') open++;
    if (braces && pattern[at] === '}' && open > 0) open--;
    expression += part;
    at = next;
  }
  if (open > 0) throw new SyntaxError(`"${pattern}" has a "{" without its "}"`);
  return expression;
}

/** What stands at a position as a regular expression, and where it ends. @param open how many braces are; undefined where they mean nothing */
function partAt(pattern: string, at: number, open: number | undefined): [string, number] {
  const character = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
  const next = at + character.length;
  if (pattern.startsWith('**', at)) {
    const end = pattern[at + 2] === '/' ? at + 3 : at + 2;
    return end >= pattern.length ? ['.*', end] : ['(?:.*/)?', end];
  }
  if (character === '*') return ['[^/]*', next];
  if (character === '?') return ['[^/]', next];
  if (character === '[') return classAt(pattern, at);
  if (character === '\\') {
    if (next >= pattern.length) throw new SyntaxError(`"${pattern}" ends with a "\\"`);
    const escaped = String.fromCodePoint(pattern.codePointAt(next) ?? 0);
    return [literal(escaped), next + escaped.length];
  }
  if (open !== undefined && character === '{') return ['(?:', next];
  if (open && character === '}') return [')', next];
  if (open && character === ',') return ['|', next];
  return [literal(character), next];
}

/** "[a-z]", "[^a-z]", with "\" before what is meant as it is. */
function classAt(pattern: string, at: number): [string, number] {
  let end = pattern[at + 1] === '^' ? at + 2 : at + 1;
  let content = '';
  while (end < pattern.length && pattern[end] !== ']') {
    if (pattern[end] === '\\') end++;
    const character = String.fromCodePoint(pattern.codePointAt(end) ?? 0);
    const isRange = character === '-' && pattern[end - 1] !== '\\';
    content += isRange ? '-' : character.replace(/[\\\]^-]/, '\\$&');
    end += character.length;
  }
  if (end >= pattern.length || content === '')
    throw new SyntaxError(`"${pattern}" has a "[" without its "]"`);
  const negation = pattern[at + 1] === '^' ? '^' : '';
  return [`[${negation}${content}]`, end + 1];
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
