import type { Command } from 'commander';
import {
  buildArgOption,
  checkFormatOption,
  comparedPlatformsOption,
  failOnOption,
  platformOption,
  platformsOption,
  withExamples,
  withForm,
  withPlaces,
} from './options.ts';

/** The commands for images that exist, wherever they are. They are imported when they are called. */
export function addImageCommands(program: Command): void {
  addCheck(program);
  addInspect(program);
  addDiff(program);
  addDigest(program);
  addCopy(program);
}

function addCheck(program: Command): void {
  const command = program
    .command('check')
    .description('judge an image, or say what a Dockerfile would emulate')
    .argument(
      '<image>',
      'where it is, or rootfs:folder; or Dockerfile, dockerfile:path, or - for one on standard input',
    )
    .addOption(platformsOption)
    .addOption(checkFormatOption)
    .addOption(failOnOption)
    .option('--project <folder>', 'silence what the configuration of this project silences')
    .option('--builder-platform <os/arch>', 'of a Dockerfile: what builds (default: what this machine is)')
    .addOption(buildArgOption)
    .option('--target <stage>', 'of a Dockerfile: the stage that becomes the image, instead of the last')
    .action(async (image, flags) => (await import('../commands/check.ts')).check(image, flags));
  withExamples(
    withPlaces(command),
    'catamaran check bookstore',
    'catamaran check docker://node:24-slim --platform linux/arm64',
    'catamaran check rootfs:/mnt/image --fail-on warning',
    'catamaran check bookstore --format sarif > check.sarif      for code-scanning pages',
    'catamaran check bookstore --format github                   in a workflow of GitHub’s',
    'catamaran check Dockerfile --platform linux/amd64,linux/arm64 --builder-platform linux/amd64',
  );
}

function addInspect(program: Command): void {
  const command = program
    .command('inspect')
    .description('show what an image or an index consists of')
    .argument('<image>', 'where it is')
    .addOption(platformOption)
    .option('--raw', 'print the manifest or index as it is, to the byte')
    .option('--config', 'print the configuration of the image as it is, to the byte')
    .option('--tree', 'show the files that its layers add up to, and which layer each is from')
    .option('--path <path>', 'with --tree: what is there, and below it')
    .option('--depth <levels>', 'with --tree: so many below it (default: what fits on 100 lines)')
    .option('--layers', 'show what each layer adds, changes, deletes and wastes')
    .option('--all', 'with --tree and --layers: everything, however long it is')
    .action(async (image, flags) => (await import('../commands/inspect.ts')).inspect(image, flags));
  withExamples(
    withPlaces(command),
    'catamaran inspect docker.io/library/alpine:3.20',
    'catamaran inspect bookstore --platform linux/arm64',
    'catamaran inspect localhost:5000/app --raw | sha256sum',
    'catamaran inspect bookstore --tree --path /app --depth 2',
    'catamaran inspect docker://node:24-slim --layers --platform linux/arm64',
  );
}

function addDiff(program: Command): void {
  const command = program
    .command('diff')
    .description('show what differs between two images, or between two platforms of one')
    .argument('<a>', 'where it is')
    .argument('[b]', 'where the other one is; without it, two platforms of <a> are compared')
    .addOption(comparedPlatformsOption)
    .option('--all', 'show all that differs, and each file of folders that are new or gone')
    .option('--exit-code', 'end with 1 when they differ')
    .action(async (a, b, flags) => (await import('../commands/diff.ts')).diff(a, b, flags));
  withExamples(
    withPlaces(command),
    'catamaran diff registry.example.com/app:1.1 registry.example.com/app:1.2',
    'catamaran diff registry.example.com/app:stable bookstore --platform linux/arm64',
    'catamaran diff bookstore                       its two platforms',
    'catamaran diff docker://node:24-slim -p linux/amd64,linux/arm64',
  );
}

function addDigest(program: Command): void {
  const command = program
    .command('digest')
    .description('print the digest that a name stands for')
    .argument('<image>', 'where it is')
    .addOption(platformOption)
    .action(async (image, flags) => (await import('../commands/digest.ts')).digest(image, flags));
  withExamples(
    withPlaces(command),
    'catamaran digest registry.example.com/team/app:1.2',
    'catamaran digest docker://node:24-slim --platform linux/arm64',
  );
}

function addCopy(program: Command): void {
  const command = program
    .command('copy')
    .description('copy an image or an index from one place to another')
    .argument('<from>', 'where it is')
    .argument('<to>', 'where it is to be; a folder or file without a name keeps the image’s')
    .addOption(platformsOption)
    .action(async (from, to, flags) => (await import('../commands/copy.ts')).copy(from, to, flags));
  withExamples(
    withPlaces(withForm(command)),
    'catamaran copy registry.example.com/app:1.2 registry.example.com/app:stable',
    'catamaran copy bookstore docker-archive:bookstore.tar --platform linux/amd64',
    'catamaran copy docker://debian:12-slim registry.local:5000/debian:12 --plain-http registry.local:5000',
  );
}
