import type { SecretAt } from './find-secrets.ts';

/**
 * RFC 7468, RFC 4716 and OpenSSH's own; a block with a body, for code is full of the first line alone. The body ends where
 * anything begins with dashes: of a thousand beginnings without an end, none is read further than the next.
 */
const block =
  /-----BEGIN (?<label>[A-Z0-9 ]{0,40})PRIVATE KEY(?: BLOCK)?-----(?:\r?\n|\\n)(?<body>(?:[A-Za-z0-9+/=:,. ]|-(?!-)|\r?\n|\\n){48,}?)-----END /g;

/** How OpenSSH writes that there is no passphrase: the name "none" for its cipher, in base64. */
const plainOpenSsh = 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmU';

/** Private keys in a text, also in one that is a string in a program. */
export function privateKeys(text: string): SecretAt[] {
  if (!text.includes('PRIVATE KEY')) return [...putty(text)];
  return [...text.matchAll(block)].map(({ index, groups }) => {
    const label = groups?.label?.trim() ?? '';
    const body = groups?.body ?? '';
    const isEncrypted =
      label === 'ENCRYPTED' ||
      body.includes('ENCRYPTED') ||
      (label === 'OPENSSH' && !body.trimStart().startsWith(plainOpenSsh));
    return isEncrypted
      ? { at: index, what: 'an encrypted private key', isDoubtful: true }
      : { at: index, what: 'a private key' };
  });
}

/** https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html */
function* putty(text: string): Iterable<SecretAt> {
  if (!text.startsWith('PuTTY-User-Key-File-') || !text.includes('\nPrivate-Lines:')) return;
  const isEncrypted = !/^Encryption: none\r?$/m.test(text);
  yield isEncrypted
    ? { at: 0, what: 'an encrypted private key', isDoubtful: true }
    : { at: 0, what: 'a private key' };
}
