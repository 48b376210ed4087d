import { join } from 'node:path';
import { Option } from 'commander';

const several = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];

export const layoutOption = new Option('--layout <folder>', 'OCI image layout to use').default(
  join('.catamaran', 'layout'),
);
export const jsonOption = new Option('--json', 'print one JSON document on stdout, and nothing else');
export const quietOption = new Option('-q, --quiet', 'show no progress');

/** For a build. */
export const buildPlatformOption = new Option(
  '-p, --platform <os/arch>',
  'build for this one instead of the configured ones; several with commas, or again',
).argParser(several);

/** For images that exist. */
export const platformsOption = new Option(
  '-p, --platform <os/arch>',
  'this one alone, of an index; several with commas, or again',
).argParser(several);

export const platformOption = new Option('-p, --platform <os/arch>', 'the image for this one, of an index');

export const tagOption = new Option(
  '-t, --tag <tag>',
  'this tag instead of those of publish.to; again for several',
).argParser(several);

export const plainHttpOption = new Option(
  '--plain-http <registry>',
  'speak to this registry without TLS; again for several (on loopback it is found out)',
).argParser(several);

export const caOption = new Option(
  '--ca <file>',
  'trust this authority’s certificates too (PEM); again for several',
).argParser(several);
