import { defineErrors } from '@catamaran/oci';

/** What can go wrong before there is something to check. */
export const checkErrors = defineErrors({
  CATA_DOCKERFILE_TOO_LARGE: {
    fault: 'user',
    message: '"{path}" has {count}; Dockerfiles are judged up to {limit}.',
    hint: 'Name a Dockerfile; what is long in one belongs into a file that it copies.',
  },
  CATA_DOCKERFILE_TARGET_UNKNOWN: {
    fault: 'user',
    message: '"{path}" has no stage "{target}".',
    hint: 'Stages with a name: {names}. Without --target the last stage is the image.',
  },
});
