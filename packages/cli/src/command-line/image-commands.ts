import type { Command } from 'commander';
import {
  caOption,
  jsonOption,
  layoutOption,
  plainHttpOption,
  platformOption,
  platformsOption,
  quietOption,
} from './options.ts';

const places = `
Where images are:
  registry.example.com/app:1, docker://alpine   in a registry
  oci:folder:name                               in an OCI image layout on disk
  oci-archive:file:name                         in one that is a tar file
  docker-archive:file:name                      in what “docker save” writes
  bookstore, bookstore:1.2                      in the layout of --layout`;

/** The commands for images that exist, wherever they are. They are imported when they are called. */
export function addImageCommands(program: Command): void {
  program
    .command('check')
    .description('judge every binary of an image against its platform')
    .argument('<image>', 'where it is')
    .addOption(platformsOption)
    .addOption(layoutOption)
    .addOption(plainHttpOption)
    .addOption(caOption)
    .addOption(jsonOption)
    .addOption(quietOption)
    .addHelpText(
      'after',
      `${places}

Examples:
  catamaran check bookstore
  catamaran check docker://node:24-slim --platform linux/arm64`,
    )
    .action(async (image, flags) => (await import('../commands/check.ts')).check(image, flags));

  program
    .command('inspect')
    .description('show what an image or an index consists of')
    .argument('<image>', 'where it is')
    .addOption(platformOption)
    .option('--raw', 'print the manifest or index as it is, to the byte')
    .option('--config', 'print the configuration of the image as it is, to the byte')
    .addOption(layoutOption)
    .addOption(plainHttpOption)
    .addOption(caOption)
    .addOption(jsonOption)
    .addOption(quietOption)
    .addHelpText(
      'after',
      `${places}

Examples:
  catamaran inspect docker.io/library/alpine:3.20
  catamaran inspect bookstore --platform linux/arm64
  catamaran inspect localhost:5000/app --raw | sha256sum`,
    )
    .action(async (image, flags) => (await import('../commands/inspect.ts')).inspect(image, flags));

  program
    .command('digest')
    .description('print the digest that a name stands for')
    .argument('<image>', 'where it is')
    .addOption(platformOption)
    .addOption(layoutOption)
    .addOption(plainHttpOption)
    .addOption(caOption)
    .addOption(jsonOption)
    .addOption(quietOption)
    .addHelpText(
      'after',
      `${places}

Examples:
  catamaran digest registry.example.com/team/app:1.2
  catamaran digest docker://node:24-slim --platform linux/arm64`,
    )
    .action(async (image, flags) => (await import('../commands/digest.ts')).digest(image, flags));

  program
    .command('copy')
    .description('copy an image or an index from one place to another')
    .argument('<from>', 'where it is')
    .argument('<to>', 'where it is to be')
    .addOption(platformsOption)
    .addOption(layoutOption)
    .addOption(plainHttpOption)
    .addOption(caOption)
    .addOption(jsonOption)
    .addOption(quietOption)
    .addHelpText(
      'after',
      `${places}

Examples:
  catamaran copy registry.example.com/app:1.2 registry.example.com/app:stable
  catamaran copy bookstore docker-archive:bookstore.tar --platform linux/amd64
  catamaran copy docker://debian:12-slim registry.local:5000/base/debian:12 --plain-http registry.local:5000`,
    )
    .action(async (from, to, flags) => (await import('../commands/copy.ts')).copy(from, to, flags));
}
