import type { ErrorDefinition } from '@catamaran/oci';

/** What can go wrong with a file that is fetched. */
export const downloadErrors = {
  CATA_MIRROR_UNREACHABLE: {
    fault: 'remote',
    message: 'The mirror does not answer: {url}: {reason}.',
    hint: 'Check the network, or name another mirror in base.sources.',
  },
  CATA_MIRROR_REFUSED: {
    fault: 'remote',
    message: 'The mirror answers {status} for {url}.',
    hint: 'Check base.sources, or run "apt-get update": a mirror in the middle of an update mends itself.',
  },
  CATA_DOWNLOAD_TOO_LARGE: {
    fault: 'remote',
    message: '{url} is larger than the {maxBytes} bytes that it should have at most.',
    hint: 'The mirror serves something else than it should. Name another one in base.sources.',
  },
  CATA_DOWNLOAD_HASH: {
    fault: 'remote',
    message: '{url} has digest {actual}, but the signed list says {expected}.',
    hint: 'The mirror is damaged, in the middle of an update, or not to be trusted. Try later or name another one.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
