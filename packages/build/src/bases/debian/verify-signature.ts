import { readFile } from 'node:fs/promises';
import type { Context } from '@catamaran/oci';
import { messageOf } from '@catamaran/oci';
import type { Key } from 'openpgp';
import { buildErrors } from '../../errors.ts';

/**
 * The text of a clear-signed message, if one of the keys in the keyrings signed it (RFC 9580 § 7).
 * @throws CATA_ARCHIVE_SIGNATURE, CATA_KEYRING_MISSING
 */
export async function verifySignature(
  signed: string,
  url: string,
  keyrings: readonly string[],
  ctx: Context,
): Promise<string> {
  const { readCleartextMessage, verify } = await import('openpgp');
  const keys = (await Promise.all(keyrings.map((keyring) => readKeyring(keyring, url)))).flat();
  if (keys.length === 0) throw buildErrors.CATA_KEYRING_MISSING({ url, keyring: 'no keyring' });
  let reasons: string[];
  try {
    const message = await readCleartextMessage({ cleartextMessage: signed });
    const { data, signatures } = await verify({
      message,
      verificationKeys: keys,
      date: new Date(ctx.clock.now()),
    });
    // Releases are signed by several keys while one replaces another; one that is trusted is enough, as for apt.
    const outcomes = await Promise.allSettled(signatures.map((signature) => signature.verified));
    if (outcomes.some((outcome) => outcome.status === 'fulfilled')) return data;
    reasons = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [messageOf(outcome.reason)] : [],
    );
  } catch (cause) {
    throw buildErrors.CATA_ARCHIVE_SIGNATURE({ url, reason: messageOf(cause) }, { cause });
  }
  throw buildErrors.CATA_ARCHIVE_SIGNATURE({ url, reason: reasons.join('; ') || 'it has no signature' });
}

async function readKeyring(keyring: string, url: string): Promise<Key[]> {
  const { readKeys } = await import('openpgp');
  try {
    if (keyring.includes('-----BEGIN')) return await readKeys({ armoredKeys: keyring });
    const bytes = await readFile(keyring);
    return bytes.includes('-----BEGIN PGP')
      ? await readKeys({ armoredKeys: bytes.toString('utf8') })
      : await readKeys({ binaryKeys: bytes });
  } catch (cause) {
    throw buildErrors.CATA_KEYRING_MISSING({ url, keyring: `"${keyring}" (${messageOf(cause)})` }, { cause });
  }
}
