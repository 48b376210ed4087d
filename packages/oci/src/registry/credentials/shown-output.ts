const longest = 300;

/**
 * What of a program's output may stand in an error: its first lines, without control characters, and without
 * what may be a secret, known or likely. Helpers that fail have been seen to print what they were asked for.
 * @param secrets texts that are known to be secret
 */
export function shownOutput(output: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret !== '');
  const text = known.reduce((masked, secret) => masked.replaceAll(secret, '***'), output);
  const line = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what a terminal would obey.
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replace(/((?:secret|password|passwd|token|authorization)["']?\s*[:=]\s*).*/i, '$1***')
    // Tokens and keys are long and mix digits with letters; words are not.
    .replace(/[A-Za-z0-9+/_=-]{20,}/g, (word) => (isLikelyToken(word) ? '***' : word))
    .replace(/[A-Za-z0-9+_=-]{20,}/g, (word) => (/\d/.test(word) && /[A-Za-z]/.test(word) ? '***' : word))
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** With slashes it may also be a path, which people need to see; those are seldom in mixed case and with digits. */
function isLikelyToken(word: string): boolean {
  return /\d/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word);
}
