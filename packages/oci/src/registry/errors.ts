import { defineErrors } from '../errors/define-errors.ts';

/** What can go wrong between here and a registry. `{answer}` is what the registry said, shortened. */
export const registryErrors = defineErrors({
  CATA_REGISTRY_UNREACHABLE: {
    fault: 'remote',
    message: 'The registry {registry} cannot be reached: {reason}.',
    hint: 'Check its name and port, the network and HTTPS_PROXY. A registry without TLS has to be allowed: --plain-http {registry}.',
  },
  CATA_REGISTRY_CERTIFICATE: {
    fault: 'user',
    message: 'The certificate of the registry {registry} is not trusted: {reason}.',
    hint: 'Give the certificate of its authority with --ca <file> or NODE_EXTRA_CA_CERTS.',
  },
  CATA_REGISTRY_UNAUTHORIZED: {
    fault: 'user',
    message: 'The registry {registry} wants to know who you are, for {scope}: {answer}.',
    hint: '{credentials} Log in with "docker login {registry}" or "podman login {registry}".',
  },
  CATA_REGISTRY_DENIED: {
    fault: 'user',
    message: 'The registry {registry} does not allow this ({method} {path}): {answer}.',
    hint: 'The account that is used may not do it, or the repository does not exist. Ask whoever looks after the registry.',
  },
  CATA_REPOSITORY_NOT_FOUND: {
    fault: 'user',
    message: 'The registry {registry} has no repository "{repository}": {answer}.',
    hint: 'Check the name. Most registries make a repository with the first push; some want it made before.',
  },
  CATA_MANIFEST_NOT_FOUND: {
    fault: 'user',
    message: 'The registry {registry} has no image "{reference}" in "{repository}": {answer}.',
    hint: 'See what there is with "catamaran tags {registry}/{repository}".',
  },
  CATA_BLOB_NOT_FOUND: {
    fault: 'remote',
    message: 'The registry {registry} has no blob {digest} in "{repository}": {answer}.',
    hint: 'An image that names it is not whole there. Push that image again from where it was built.',
  },
  CATA_REGISTRY_BUSY: {
    fault: 'remote',
    message: 'The registry {registry} has too much to do ({method} {path}): {answer}.',
    hint: 'Try again later; what has been sent need not be sent again.',
  },
  CATA_REGISTRY_FAILED: {
    fault: 'remote',
    message: 'The registry {registry} failed ({method} {path}): {answer}.',
    hint: 'Try again; what has been sent need not be sent again. If it stays so, ask whoever looks after the registry.',
  },
  CATA_REGISTRY_REFUSED: {
    fault: 'remote',
    message: 'The registry {registry} refused {method} {path}: {answer}.',
    hint: 'This is not what the distribution specification has for it. Is {registry} a registry?',
  },
  CATA_REGISTRY_REDIRECT: {
    fault: 'remote',
    message: 'The registry {registry} sends the reader of {path} to "{location}": {reason}.',
    hint: 'Do not use this registry until somebody has looked into it.',
  },
  CATA_REGISTRY_CHALLENGE: {
    fault: 'remote',
    message: 'The registry {registry} asks for credentials in a way that is not used: {reason}.',
    hint: 'Ask whoever looks after the registry; its WWW-Authenticate header is at fault.',
  },
  CATA_TAG_IMMUTABLE: {
    fault: 'user',
    message: 'The registry {registry} does not let the tag "{tag}" of "{repository}" be changed: {answer}.',
    hint: 'Push under another tag. Tags that stay what they are are a setting of the repository.',
  },
  CATA_REFERRERS_TAG_TAKEN: {
    fault: 'remote',
    message:
      'The tag "{tag}" of "{repository}" in the registry {registry} is for the list of what refers to an image, and cannot be that: {reason}. "{digest}" is there, and not listed.',
    hint: 'Give what the tag stands for another name, delete the tag and push again, or use a registry that lists referrers itself.',
  },
  CATA_REFERRER_STILL_LISTED: {
    fault: 'remote',
    message:
      'The image "{digest}" is deleted from "{repository}" in the registry {registry}, and may still be in the list that the tag "{tag}" stands for: {reason}',
    hint: 'Readers of the list find nothing there; nothing else is amiss. An account that may push can put the list right.',
  },
  CATA_REGISTRY_DELETE_BY_DIGEST: {
    fault: 'user',
    message: 'The registry {registry} does not delete tags: {answer}.',
    hint: 'Delete the image itself, which takes all its tags with it: catamaran delete {registry}/{repository}@{digest}',
  },
  CATA_REGISTRY_DELETE_DISABLED: {
    fault: 'user',
    message: 'The registry {registry} deletes nothing: {answer}.',
    hint: 'Deleting has to be allowed in its configuration.',
  },
  CATA_REGISTRY_PUSH_BY_DIGEST: {
    fault: 'user',
    message: '"{reference}" names a digest, and what is pushed has {actual}.',
    hint: 'Push to a tag, or leave the digest away.',
  },
  CATA_REGISTRY_TOO_MANY_TAGS: {
    fault: 'remote',
    message: 'The registry {registry} does not stop listing tags of "{repository}" after {count}.',
    hint: 'Find out what is wrong with the registry.',
  },
});
