import { defineErrors } from './define-errors.ts';

/** What can go wrong with images, and where they live. */
export const ociErrors = defineErrors({
  CATA_DIGEST_INVALID: {
    fault: 'user',
    message: 'Not a digest: "{text}".',
    hint: 'A digest is "sha256:" and 64 lower-case hexadecimal digits.',
  },
  CATA_DIGEST_MISMATCH: {
    fault: 'remote',
    message: '{subject} has digest {actual}, but {expected} was asked for.',
    hint: 'The content was damaged or replaced. Delete it and build or fetch it again.',
  },
  CATA_PLATFORM_INVALID: {
    fault: 'user',
    message: 'Unknown platform "{text}".',
    hint: 'Name one as os/architecture[/variant], for example: {known}.',
  },
  CATA_REFERENCE_INVALID: {
    fault: 'user',
    message: 'Not an image reference: "{text}".',
    hint: 'Write name, name:tag or name@sha256:…, in lower case, as in "bookstore" or "bookstore:1.2.0".',
  },
  CATA_LAYOUT_MISSING: {
    fault: 'user',
    message: 'There is no OCI image layout in "{path}".',
    hint: 'Run "catamaran build" first, or name another folder with --layout.',
  },
  CATA_LAYOUT_INVALID: {
    fault: 'user',
    message: 'The OCI image layout in "{path}" cannot be read: {reason}.',
    hint: 'Delete the folder and build again.',
  },
  CATA_LAYOUT_NOT_WRITABLE: {
    fault: 'machine',
    message: 'The OCI image layout in "{path}" cannot be written: {reason}.',
    hint: 'Check that the folder may be written to and that its disk has room.',
  },
  CATA_IMAGE_NOT_FOUND: {
    fault: 'user',
    message: 'There is no image "{reference}" in "{path}".',
    hint: 'It holds: {present}. Run "catamaran build" to make one.',
  },
  CATA_PLATFORM_NOT_IN_INDEX: {
    fault: 'user',
    message: 'The image has no {platform}.',
    hint: 'It has: {present}. Build it with --platform {platform}.',
  },
  CATA_LAYER_UNREADABLE: {
    fault: 'user',
    message: 'The layer {digest} cannot be read: {reason}.',
    hint: 'A layer is a tar archive, plain or compressed with gzip. Build or fetch the image again.',
  },
  CATA_TAR_PATH_UNSAFE: {
    fault: 'user',
    message: 'The archive {archive} has an entry "{path}" that would leave its folder.',
    hint: 'Do not use this archive; find out where it came from.',
  },
});
