import type { RuleDescription } from './rule-description.ts';

/** The rules for an image as a whole, its layers, and its index. */
export const imageRules = {
  entrypoint: {
    level: 'error',
    title: 'What the image starts cannot be started',
    why: 'The command is missing, a folder, not executable for the image’s user, or a script whose interpreter is. The container ends before it begins.',
    remedy:
      'Correct `ENTRYPOINT` or `CMD`, the file’s mode, or the first line of the script; or add its interpreter to the image.',
  },
  'config-platform': {
    level: 'error',
    title: 'An image says that it is for another platform',
    why: 'The configuration’s os, architecture or variant differs from what the index says of the image. Hosts choose by the one and warn or refuse by the other.',
    remedy: 'Build the image for the platform that the index names, or name the right one in the index.',
  },
  'same-image': {
    level: 'error',
    title: 'Two platforms have the same image',
    why: 'The index has one image, with native code in it, for two platforms: it is wrong for one of them.',
    remedy: 'Build each platform’s own image, and make the index of these.',
  },
  'diff-id': {
    level: 'error',
    title: 'The configuration does not describe the layers',
    why: 'A diff ID is not the digest of its layer’s uncompressed bytes, or there are more or fewer of them than layers: engines refuse to unpack it.',
    remedy: 'Build or push the image again; something changed layers without changing the configuration.',
  },
  'root-user': {
    level: 'warning',
    title: 'The service runs as root',
    why: 'Whoever breaks into the service is root in the container, and may write to all of it.',
    remedy: 'Set a user: `user: 65532` in catamaran.config.ts, or `USER` in a Dockerfile.',
  },
  'set-uid': {
    level: 'warning',
    title: 'A program runs as its owner',
    why: 'A set-uid or set-gid program gives whoever starts it the rights of its owner, most often root. Services need none.',
    remedy: 'Use a base without such programs, or take the bit away: `chmod a-s`.',
  },
  'world-writable': {
    level: 'warning',
    title: 'Everybody may write to it',
    why: 'Any user in the container may change the file, or what is in the folder; `/tmp` and its like have the sticky bit against that.',
    remedy: 'Take the right away: `chmod o-w`; or give the folder the sticky bit: `chmod +t`.',
  },
  secret: {
    level: 'error',
    title: 'A secret is in the image',
    why: 'Everybody who can pull the image can read it: private keys, tokens, credentials, in any layer, also in one that a later layer deletes.',
    remedy:
      'Revoke the secret, leave the file out (`.dockerignore`), and give it to the service when it runs, or to the build as a secret mount.',
  },
  'tar-order': {
    level: 'warning',
    title: 'A layer’s archive is ambiguous',
    why: 'It has a path twice, or a hard link before what it links to: unpackers differ in what they make of it.',
    remedy: 'Build the layer with a tool that writes every path once, and links after their targets.',
  },
} as const satisfies Record<string, RuleDescription>;
