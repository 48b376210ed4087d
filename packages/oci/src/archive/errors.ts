import { defineErrors } from '../errors/define-errors.ts';

/** What can go wrong with images in a single file. */
export const archiveErrors = defineErrors({
  CATA_ARCHIVE_MISSING: {
    fault: 'user',
    message: 'There is no archive "{path}".',
    hint: 'Name the file of an archive that holds images.',
  },
  CATA_ARCHIVE_INVALID: {
    fault: 'user',
    message: 'The archive "{path}" cannot be read: {reason}.',
    hint: 'Write it again with the tool that made it, and look whether it is of the kind that you named: OCI or Docker.',
  },
  CATA_ARCHIVE_COMPRESSED: {
    fault: 'user',
    message: 'The archive "{path}" is compressed with {format}, and parts of it cannot be found in there.',
    hint: 'Decompress it first, for example with {command}.',
  },
  CATA_ARCHIVE_NOT_WRITABLE: {
    fault: 'machine',
    message: 'The archive "{path}" cannot be written: {reason}.',
    hint: 'Check that its folder is there and may be written to, and that its disk has room.',
  },
  CATA_ARCHIVE_ONE_PLATFORM: {
    fault: 'user',
    message:
      'A Docker archive holds an image for one platform, and "{reference}" has {count} images: {present}.',
    hint: 'Choose one with --platform, or write an OCI archive, which holds all of them.',
  },
});
