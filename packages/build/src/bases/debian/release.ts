import type { Context } from '@catamaran/oci';
import { download } from '../../download/download.ts';
import { buildErrors } from '../../errors.ts';
import type { AptSource } from './apt-sources.ts';
import { type Paragraph, parseParagraph } from './control.ts';
import { verifySignature } from './verify-signature.ts';

/** A suite's signed list of its files. https://wiki.debian.org/DebianRepository/Format#A.22Release.22_files */
export interface Release {
  /** Where the paths in `sha256` start. */
  readonly url: string;
  readonly sha256: ReadonlyMap<string, { readonly hash: string; readonly sizeBytes: number }>;
  readonly acquireByHash: boolean;
  readonly origin: string | undefined;
  /** When it was made, as it says itself: `Sat, 06 Sep 2025 10:11:12 UTC`. */
  readonly date: string | undefined;
}

const maxReleaseBytes = 4 * 1024 * 1024;

/**
 * Fetches and verifies a suite's `InRelease`.
 * @throws CATA_ARCHIVE_SIGNATURE, CATA_ARCHIVE_EXPIRED, CATA_KEYRING_MISSING and what `download` throws
 */
export async function fetchRelease(source: AptSource, suite: string, ctx: Context): Promise<Release> {
  const url = `${source.uri}/dists/${suite}`;
  const signed = await download(`${url}/InRelease`, { maxBytes: maxReleaseBytes }, ctx);
  const text = await verifySignature(
    Buffer.from(signed).toString('utf8'),
    `${url}/InRelease`,
    source.signedBy,
    ctx,
  );
  const fields = parseParagraph(text);
  requireSuite(fields, suite, url);
  requireValid(fields, url, ctx);
  return {
    url,
    sha256: parseHashes(fields.sha256 ?? ''),
    acquireByHash: fields['acquire-by-hash'] === 'yes',
    origin: fields.origin,
    date: fields.date,
  };
}

/** A mirror that serves another suite, signed by the same keys, could hand out an older Debian. */
function requireSuite({ suite, codename }: Paragraph, wanted: string, url: string): void {
  const names = [codename, suite].filter((name) => name !== undefined);
  if (names.length === 0 || names.includes(wanted)) return;
  const reason = `it was made for "${names.join('" or "')}"`;
  throw buildErrors.CATA_ARCHIVE_SIGNATURE({ url: `${url}/InRelease`, reason });
}

/** A mirror that serves an old release, signature and all, would hold back what has been mended since. */
function requireValid(fields: Paragraph, url: string, ctx: Context): void {
  const until = fields['valid-until'];
  if (until && Date.parse(until) < ctx.clock.now()) {
    throw buildErrors.CATA_ARCHIVE_EXPIRED({ url: `${url}/InRelease`, until });
  }
}

function parseHashes(field: string): Release['sha256'] {
  const rows = field.split('\n').flatMap((line) => {
    const [hash, size, path] = line.trim().split(/\s+/);
    return hash && size && path ? [[path, { hash, sizeBytes: Number(size) }] as const] : [];
  });
  return new Map(rows);
}
