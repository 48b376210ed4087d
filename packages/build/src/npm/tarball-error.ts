import { CatamaranError } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';

/** What went wrong at a registry, in our words. */
export function tarballError(
  {
    name,
    version,
    integrity = '',
  }: { readonly name: string; readonly version: string; readonly integrity?: string },
  cause: Error & { readonly code?: string; readonly found?: unknown; readonly path?: string },
): Error {
  if (cause instanceof CatamaranError) return cause;
  const details = { name, version };
  if (cause.code === 'EINTEGRITY') {
    return buildErrors.CATA_PACKAGE_INTEGRITY(
      { ...details, expected: integrity, actual: String(cause.found ?? statedIntegrity(cause.message)) },
      { cause },
    );
  }
  // npm's words for a version, or a package, that does not exist.
  if (cause.code === 'ETARGET' || cause.code === 'E404')
    return buildErrors.CATA_PACKAGE_UNKNOWN(details, { cause });
  const reason = redacted(`${cause.message.split('\n')[0]}${cause.code ? ` (${cause.code})` : ''}`);
  return buildErrors.CATA_PACKAGE_UNAVAILABLE({ ...details, reason }, { cause });
}

/** Without the user and the password that an address in it may have, and without what an address asks for. */
export function redacted(text: string): string {
  return text.replace(/(?<=:\/\/)[^/@\s]+@/g, '').replace(/(?<=:\/\/[^\s?#]*)\?[^\s#]*/g, '');
}

/** Where the registry itself states another integrity, pacote has it in words only. */
function statedIntegrity(message: string): string {
  return / but got (\S+?)\.?$/.exec(message)?.[1] ?? 'something else';
}
