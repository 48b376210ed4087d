import type { ErrorDefinition } from '@catamaran/oci';

/** What can go wrong with the root file system under an application. */
export const baseErrors = {
  CATA_ARCHIVE_SIGNATURE: {
    fault: 'remote',
    message: 'The signature of {url} does not hold: {reason}.',
    hint: 'Do not use this mirror until you know why; or name the keyring that signs it in base.sources.',
  },
  CATA_ARCHIVE_EXPIRED: {
    fault: 'remote',
    message: '{url} was valid until {until}.',
    hint: 'The mirror is behind and may lack security updates. Name another one in base.sources; check the clock.',
  },
  CATA_ARCHIVE_INCOMPLETE: {
    fault: 'remote',
    message: '{url} has no {path}.',
    hint: 'Check the suites and components in base.sources.',
  },
  CATA_KEYRING_MISSING: {
    fault: 'machine',
    message: 'Nothing says who signs {url}: {keyring}.',
    hint: 'Install debian-archive-keyring, or name a keyring with signedBy in base.sources.',
  },
  CATA_SOURCES_MISSING: {
    fault: 'machine',
    message: 'This machine’s apt has no source for Debian {suite}.',
    hint: 'Name a mirror in base.sources of the configuration, with its uri, suites and signedBy (a keyring).',
  },
  CATA_DEBIAN_PACKAGE_MISSING: {
    fault: 'user',
    message: 'Debian has no package "{name}" in these sources.',
    hint: 'Check base.packages against packages.debian.org.',
  },
  CATA_DEBIAN_DEPENDENCY: {
    fault: 'remote',
    message: 'The package "{name}" depends on {dependency}, which these sources do not have.',
    hint: 'Add the suite that has it to base.sources, or try later: the mirror may be in the middle of an update.',
  },
  CATA_DEB_INVALID: {
    fault: 'remote',
    message: 'The Debian package "{name}" cannot be used: {reason}.',
    hint: 'Leave it out of base.packages, or report it to Catamaran with its name and version.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
