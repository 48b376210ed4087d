import type { ErrorDefinition } from '@catamaran/oci';

/** What can be wrong with how an image is to be started. */
export const executionErrors = {
  CATA_IMAGE_USER_UNKNOWN: {
    fault: 'user',
    message: 'user is "{user}", and the base has no "{name}" in its {file}; it has: {known}.',
    hint: 'Name one of these, or a number as in "1000:1000", which nobody has to know.',
  },
  CATA_WORKDIR_NO_FOLDER: {
    fault: 'user',
    message: 'workdir is "{path}", and the base has "{blockedBy}", which is no folder.',
    hint: 'Name another folder with workdir; it is made if the base does not have it.',
  },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;
