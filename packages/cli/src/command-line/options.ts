import { join } from 'node:path';
import { type Command, Option } from 'commander';

const several = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];

export const layoutOption = new Option('--layout <folder>', 'OCI image layout to use').default(
  join('.catamaran', 'layout'),
);
export const jsonOption = new Option('--json', 'print one JSON document on stdout, and nothing else');
const quietOption = new Option('-q, --quiet', 'show no progress');

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

export const checkReportOption = new Option(
  '--check-report <file>',
  'write there what the check found, as SARIF, also when it fails',
);

export const checkFormatOption = new Option(
  '--format <format>',
  'how findings are told: text, json, sarif for code-scanning pages, github for annotations',
).choices(['text', 'json', 'sarif', 'github']);

export const failOnOption = new Option('--fail-on <level>', 'what makes the command fail')
  .choices(['error', 'warning'])
  .default('error');

/** For two images, or one. */
export const comparedPlatformsOption = new Option(
  '-p, --platform <os/arch>',
  'this one alone, of two indexes; of one, the two that are compared',
).argParser(several);

export const buildArgOption = new Option(
  '--build-arg <NAME=value>',
  'of a Dockerfile: the value of an ARG; again for several',
).argParser(several);

export const platformOption = new Option('-p, --platform <os/arch>', 'the image for this one, of an index');

export const tagOption = new Option(
  '-t, --tag <tag>',
  'this tag instead of those of publish.to; again for several',
).argParser(several);

export const outputOption = new Option(
  '-o, --output <spec>',
  'put the image there as well: type=oci|oci-archive|docker-archive,dest=…; again for several',
).argParser(several);

export const loadOption = new Option('--load', 'load the image into the Docker or Podman that runs');

export const loadTagOption = new Option(
  '-t, --tag <tag>',
  'with --load: this tag instead of “latest”; again for several',
).argParser(several);

export const watchOption = new Option(
  '-w, --watch',
  'build, and again whenever something changes that was read; with --json, one document a line',
);

const plainHttpOption = new Option(
  '--plain-http <registry>',
  'speak to this registry without TLS; again for several (on loopback it is found out)',
).argParser(several);

const caOption = new Option(
  '--ca <file>',
  'trust this authority’s certificates too (PEM); again for several',
).argParser(several);

/** For commands that put an image where it was not. */
export function withForm(command: Command): Command {
  return command
    .option('--format <oci>', 'give Docker’s manifests OCI’s media types (in layouts they get them anyway)')
    .option('--preserve-digests', 'leave all manifests as they are, in layouts as well');
}

export function withOutput(command: Command): Command {
  return command.addOption(jsonOption).addOption(quietOption);
}

/** For commands that speak to registries. */
export function withRegistries(command: Command): Command {
  return withOutput(command.addOption(plainHttpOption).addOption(caOption));
}

/** For commands that take an image from wherever it is. */
export function withPlaces(command: Command): Command {
  return withRegistries(command.addOption(layoutOption)).addHelpText(
    'after',
    `
Where images are:
  registry.example.com/app:1, docker://alpine   in a registry
  oci:folder:name                               in an OCI image layout on disk
  oci-archive:file:name                         in one that is a tar file
  docker-archive:file:name                      in what “docker save” writes
  bookstore, bookstore:1.2                      in the layout of --layout`,
  );
}

export function withExamples(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}
