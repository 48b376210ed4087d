import { knownFiles } from './known-files.ts';
import { privateKeys } from './private-keys.ts';
import type { SecretFound } from './secret-found.ts';
import { serviceAccount, tokens } from './tokens.ts';

/** A place in a text, and what is there. */
export interface SecretAt {
  /** Index in the text. */
  readonly at: number;
  readonly what: string;
  readonly isDoubtful?: boolean;
}

/** Enough to see what is the matter. */
const maxFound = 5;

/** The secrets in a file that `mayHoldSecrets`, in their order. */
export function findSecrets(path: string, content: Uint8Array): SecretFound[] {
  const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1');
  const keys = tokens(text);
  // Its private key is a part of it.
  const isAccount = keys.some(({ what }) => what === serviceAccount);
  const named = new Set(knownFiles(path, text));
  const found = [...named, ...(isAccount ? [] : privateKeys(text)), ...keys]
    .sort((a, b) => a.at - b.at)
    .slice(0, 2 * maxFound)
    .map((secret) => ({ secret, line: lineAt(text, secret.at) }));
  // What such a file is known to have in a line often looks like a token besides, and is one secret.
  const namedLines = new Set(found.flatMap(({ secret, line }) => (named.has(secret) ? line : [])));
  return found
    .filter(({ secret, line }) => named.has(secret) || !namedLines.has(line))
    .slice(0, maxFound)
    .map(({ secret: { at: _, ...rest }, line }) => ({ path, line, ...rest }));
}

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
