import { defineErrors } from '../../errors/define-errors.ts';

/** What can go wrong with finding out who is at a registry's door. Contents of credential files are never quoted. */
export const credentialErrors = defineErrors({
  CATA_CREDENTIAL_VARIABLES_INCOMPLETE: {
    fault: 'user',
    message: 'The credentials for "{registry}" lack a value: {missing} is not set.',
    hint: 'Set CATAMARAN_REGISTRY, CATAMARAN_REGISTRY_USERNAME and CATAMARAN_REGISTRY_PASSWORD together, or unset the last two.',
  },
  CATA_CREDENTIAL_FILE_INVALID: {
    fault: 'user',
    message: 'The registry credentials in {place} cannot be used: {reason}.',
    hint: 'Mend it, or delete it and run "docker login", "podman login" or "skopeo login" again.',
  },
  CATA_CREDENTIAL_FILE_UNREADABLE: {
    fault: 'user',
    message: 'The registry credentials in {place} cannot be read: {reason}.',
    hint: 'Make it a file that you may read, or name another with REGISTRY_AUTH_FILE or DOCKER_CONFIG.',
  },
  CATA_CREDENTIAL_HELPER_INVALID: {
    fault: 'user',
    message: 'Not a credential helper\'s name: "{name}" in {place}.',
    hint: 'Write what follows "docker-credential-" in the program\'s name, such as "pass" or "ecr-login".',
  },
  CATA_CREDENTIAL_HELPER_MISSING: {
    fault: 'machine',
    message: 'The credential helper "{program}", which {place} names for "{registry}", is not on the PATH.',
    hint: 'Install it, or remove "credsStore" or "credHelpers" there and log in again.',
  },
  CATA_CREDENTIAL_HELPER_FAILED: {
    fault: 'machine',
    message: 'The credential helper "{program}" gave no credentials for "{registry}": {reason}.',
    hint: 'Try it by hand: echo {server} | {program} get. It is named in {place}.',
  },
});
