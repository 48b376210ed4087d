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
  const found = [...knownFiles(path, text), ...(isAccount ? [] : privateKeys(text)), ...keys];
  return found
    .sort((a, b) => a.at - b.at)
    .slice(0, maxFound)
    .map(({ at, ...rest }) => ({ path, line: lineAt(text, at), ...rest }));
}

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
