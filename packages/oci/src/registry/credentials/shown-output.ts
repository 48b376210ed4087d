const longest = 300;

/**
 * What of a program's output may stand in an error: its beginning on one line, without control characters, and without
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
    // Tokens and keys are long and mix what names keep apart.
    .replace(/[A-Za-z0-9+/_=-]{20,}/g, (word) => (hasDigit(word) && isMixedCase(word) ? '***' : word))
    .replace(/[A-Za-z0-9]{20,}/g, (word) => (hasDigit(word) && /[A-Za-z]/.test(word) ? '***' : word))
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

function hasDigit(word: string): boolean {
  return /\d/.test(word);
}

function isMixedCase(word: string): boolean {
  return /[a-z]/.test(word) && /[A-Z]/.test(word);
}
