/** One way in that a server offers in WWW-Authenticate (RFC 9110 § 11.6.1). */
export interface Challenge {
  /** In lower case: `basic`, `bearer`. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const schemeAt = new RegExp(`\\s*(${token})(?=\\s|,|$)`, 'y');
const parameterAt = new RegExp(`\\s*(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))`, 'y');
const token68At = /\s*[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;
const commaAt = /\s*,/y;

/** As many as anybody offers, and few enough to be read in no time. */
const maxHeaderLength = 16 * 1024;

/** Reads the header, several challenges in one included. What cannot be read ends the list; it never throws. */
export function parseChallenges(header: string): readonly Challenge[] {
  const text = header.slice(0, maxHeaderLength);
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < text.length) {
    const current = challenges.at(-1);
    const parameter = current && take(parameterAt);
    if (parameter) {
      const [, name = '', quoted, plain = ''] = parameter;
      current.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain);
    } else {
      const scheme = take(schemeAt)?.[1];
      if (scheme === undefined && !take(commaAt)) break;
      if (scheme === undefined) continue;
      challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
      // A scheme may be followed by one value instead of parameters; nothing here uses it.
      if (!startsParameter(text, at)) take(token68At);
    }
    take(commaAt);
  }
  return challenges;
}

function startsParameter(text: string, at: number): boolean {
  parameterAt.lastIndex = at;
  return parameterAt.test(text);
}
