import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Digester, digestHex, messageOf } from '@catamaran/oci';
import type { CacheEntry } from './cache-entry.ts';

type Check = (entry: CacheEntry, signal: AbortSignal) => Promise<string | undefined>;

/** How each kind of entry shows that it is whole. What tools keep for themselves (`types`) they look at themselves. */
const checks: Readonly<Record<string, Check>> = {
  blobs: digestDiffers,
  members: gzipBreaks,
  layers: jsonBreaks,
  scans: jsonBreaks,
  contents: jsonBreaks,
  reports: jsonBreaks,
  installs: jsonBreaks,
  builds: jsonBreaks,
  inventories: jsonBreaks,
  integrity: jsonBreaks,
  binaries: jsonBreaks,
  debian: jsonBreaks,
  bases: jsonBreaks,
  'base-descriptors': jsonBreaks,
  'blob-origins': jsonBreaks,
};

/**
 * What is wrong with an entry; undefined when it is whole.
 * @returns "unknown" for what cannot be judged
 */
export async function entryDamage(
  entry: CacheEntry,
  signal: AbortSignal,
): Promise<{ readonly reason: string } | 'unknown' | undefined> {
  const check = Object.hasOwn(checks, entry.kind) ? checks[entry.kind] : undefined;
  if (!check) return 'unknown';
  const reason = await check(entry, signal);
  return reason === undefined ? undefined : { reason };
}

async function digestDiffers({ path, key }: CacheEntry, signal: AbortSignal): Promise<string | undefined> {
  const digester = new Digester();
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) {
    digester.update(chunk as Buffer);
  }
  const actual = digestHex(digester.digest());
  return actual === key ? undefined : `its content has the digest sha256:${actual}`;
}

/** gzip has a checksum and the length of what is in it. */
async function gzipBreaks({ path, sizeBytes }: CacheEntry, signal: AbortSignal): Promise<string | undefined> {
  if (sizeBytes === 0) return 'it is empty';
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path), createGunzip(), nowhere, { signal });
    return undefined;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (/^Z_/.test(code)) return `it cannot be decompressed: ${message}`;
    throw error;
  }
}

async function jsonBreaks({ path }: CacheEntry, signal: AbortSignal): Promise<string | undefined> {
  const text = await readFile(path, { encoding: 'utf8', signal });
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `it is not JSON: ${messageOf(error)}`;
  }
}
