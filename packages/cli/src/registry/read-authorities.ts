import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { messageOf } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';

const certificate = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs;

/**
 * The certificates in PEM files, each by itself.
 * @throws CATA_CA_UNREADABLE, CATA_CA_INVALID
 */
export async function readAuthorities(paths: readonly string[]): Promise<readonly string[]> {
  return (await Promise.all(paths.map(readAuthority))).flat();
}

async function readAuthority(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw cliErrors.CATA_CA_UNREADABLE({ path, reason: messageOf(cause) }, { cause });
  });
  const found = text.match(certificate);
  if (!found) throw cliErrors.CATA_CA_INVALID({ path, reason: 'it holds no certificate in PEM' });
  try {
    // What OpenSSL cannot read would be left out in silence when it connects.
    for (const pem of found) new X509Certificate(pem);
  } catch (cause) {
    throw cliErrors.CATA_CA_INVALID({ path, reason: messageOf(cause) }, { cause });
  }
  return found;
}
