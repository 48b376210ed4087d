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
  CATA_BASE_PLATFORM: {
    fault: 'user',
    message: 'The base {base} has no image for {platform}: {present}.',
    hint: 'Choose another base, or leave {platform} out of platforms in the configuration.',
  },
  CATA_BASE_GONE: {
    fault: 'user',
    message: 'The registry no longer has {digest}, which "{path}" says that {image} is.',
    hint: 'Run "catamaran base update" to build on what the tag stands for now.',
  },
  CATA_BASE_LAYOUT_MISSING: {
    fault: 'user',
    message: 'There is no OCI image layout in "{path}".',
    hint: 'base.path of the configuration names a folder with an index.json, as "skopeo copy … oci:folder:name" makes it.',
  },
  CATA_BASE_LAYOUT_NAME: {
    fault: 'user',
    message: 'In the OCI image layout "{path}" {wanted}; it has {present}.',
    hint: 'Name one of them with base.name in the configuration.',
  },
  CATA_BASE_LIBC_MISSING: {
    fault: 'user',
    message: 'The base {base} has no C library for {platform}, and Node.js cannot run without one.',
    hint: 'Use a base that has one: kind "debian", which is the default, or an image such as debian or node in a registry.',
  },
  CATA_BASE_MUSL: {
    fault: 'user',
    message: 'The base {base} for {platform} has musl, and Node.js {version} as it is published needs glibc.',
    hint: 'Write node: "base" in the configuration to use the base’s own, as node:24-alpine has it; or choose a base with glibc.',
  },
  CATA_BASE_NODE_MISSING: {
    fault: 'user',
    message: 'The base {base} for {platform} has no Node.js: there is no program "node" in {searchPath}.',
    hint: 'Name the version that the image is to get as node in the configuration, as in "24.21.0", or a base that has it.',
  },
  CATA_BASE_NODE_VERSION: {
    fault: 'user',
    message: 'Which version of Node.js the base {base} has for {platform} cannot be told from {path}.',
    hint: 'Name the version that the image is to get as node in the configuration, or a base whose NODE_VERSION says it.',
  },
  CATA_LOCK_INVALID: {
    fault: 'user',
    message: '"{path}" cannot be used: {reason}.',
    hint: 'Take it from version control again, or delete it and run "catamaran base update".',
  },
  CATA_LOCK_NOT_WRITABLE: {
    fault: 'machine',
    message: '"{path}" cannot be written: {reason}.',
    hint: 'Check that the folder may be written to and that its disk has room.',
  },
  CATA_LOCK_STALE: {
    fault: 'user',
    message: '"{path}" does not belong to the configuration: {reason}.',
    hint: 'Run "catamaran base update", and keep the file in version control; or delete it to build without it.',
  },
  CATA_LOCKED_PACKAGE_GONE: {
    fault: 'user',
    message: 'No mirror has {package} for {platform} any more, which "{path}" asks for.',
    hint: 'Mirrors delete what was superseded. Run "catamaran base update" for the versions of today, or name an archive that keeps old ones in base.sources.',
  },
  CATA_BASE_FILE: {
    fault: 'user',
    message: '"{path}" cannot be put into the base: {reason}.',
    hint: 'Check base.files in the configuration: from is a file or a folder of the project, to an absolute path in the image.',
  },
  CATA_TIMEZONE_UNKNOWN: {
    fault: 'user',
    message: 'There is no time zone "{zone}" in the Debian package tzdata.',
    hint: 'Name one as in "Europe/Oslo" or "America/New_York" with base.timezone in the configuration.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
