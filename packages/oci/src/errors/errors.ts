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
  CATA_LAYER_BOMB: {
    fault: 'user',
    message:
      'The layer {digest} grows from {sizeBytes} bytes to more than {grownBytes}: it was made to fill disks.',
    hint: 'Do not use this image; find out where it came from.',
  },
  CATA_SIZE_MISMATCH: {
    fault: 'remote',
    message: '{subject} has {actual} bytes, but {expected} were announced.',
    hint: 'The content was cut short, damaged or replaced. Try again; if it stays so, do not use it.',
  },
  CATA_MANIFEST_INVALID: {
    fault: 'remote',
    message: '{subject} cannot be used: {reason}.',
    hint: 'Whatever made the image wrote something else than an OCI or Docker manifest; look at it with "catamaran inspect --raw".',
  },
  CATA_MANIFEST_TYPE_UNSUPPORTED: {
    fault: 'user',
    message: '{subject} is of type {mediaType}, which is neither OCI nor Docker version 2 schema 2.',
    hint: 'Images in Docker schema 1 have to be pushed again by a current tool.',
  },
  CATA_MANIFEST_TOO_LARGE: {
    fault: 'remote',
    message: '{subject} has {sizeBytes} bytes; more than {maxBytes} are not read.',
    hint: 'No honest manifest is so large. Find out where the image came from.',
  },
  CATA_NOT_AN_INDEX: {
    fault: 'user',
    message: '"{reference}" is an image for one platform, and no index to choose from.',
    hint: 'Leave --platform away, or name an index, as "catamaran build" makes one.',
  },
  CATA_TAR_PATH_UNSAFE: {
    fault: 'user',
    message: 'The archive {archive} has an entry "{path}" that would leave its folder.',
    hint: 'Do not use this archive; find out where it came from.',
  },
});
