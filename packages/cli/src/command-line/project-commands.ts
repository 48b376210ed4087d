import { join } from 'node:path';
import type { Command } from 'commander';
import {
  buildPlatformOption,
  caOption,
  jsonOption,
  layoutOption,
  plainHttpOption,
  quietOption,
  tagOption,
} from './options.ts';

/** The commands that begin with a project's folder. They are imported when they are called. */
export function addProjectCommands(program: Command): void {
  program
    .command('build')
    .description('build an image for every platform, check it, and print its digest')
    .argument('[dir]', 'folder of the project', '.')
    .addOption(buildPlatformOption)
    .addOption(layoutOption)
    .addOption(jsonOption)
    .addOption(quietOption)
    .action(async (dir, flags) => (await import('../commands/build.ts')).build(dir, flags));

  program
    .command('push')
    .description('build as “build” does, and put the image into registries')
    .argument('[dir]', 'folder of the project; “.” when the first argument names a registry')
    .argument('[ref...]', 'where to, with the registry; publish.to of the configuration when none is named')
    .addOption(tagOption)
    .addOption(buildPlatformOption)
    .addOption(layoutOption)
    .addOption(plainHttpOption)
    .addOption(caOption)
    .addOption(jsonOption)
    .addOption(quietOption)
    .addHelpText(
      'after',
      `
Examples:
  catamaran push . registry.example.com/team/bookstore:1.2 registry.example.com/team/bookstore:latest
  catamaran push samples/bookstore --tag 1.2       to publish.to of its configuration
  catamaran push localhost:5000/bookstore          the project in this folder

Logins are those of docker, podman and skopeo; in CI: CATAMARAN_REGISTRY, …_USERNAME and …_PASSWORD.`,
    )
    .action(async (dir, references, flags) =>
      (await import('../commands/push.ts')).push(dir === undefined ? [] : [dir, ...references], flags),
    );

  program
    .command('compare')
    .description('build, run every platform under the same limits, load each, and report')
    .argument('[dir]', 'folder of the project', '.')
    .addOption(buildPlatformOption)
    .addOption(layoutOption)
    .option('--vcpu <number>', 'CPU limit, instead of run.vcpu')
    .option('--memory <MiB>', 'memory limit, instead of run.memoryMiB')
    .option('--report <folder>', 'where the reports go', join('.catamaran', 'reports'))
    .addOption(jsonOption)
    .addOption(quietOption)
    .action(async (dir, flags) => (await import('../commands/compare.ts')).compare(dir, flags));

  program
    .command('report')
    .description('make the reports of a run again from its record')
    .argument('<record>', 'the .json that "compare" wrote')
    .option('--html <file>', 'write the HTML report there')
    .addOption(jsonOption)
    .action(async (record, flags) => (await import('../commands/report.ts')).report(record, flags));
}
