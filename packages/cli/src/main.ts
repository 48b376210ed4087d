import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { exitCodes } from './process/exit-codes.ts';
import { version } from './version.ts';

// Commands are imported when they are called: `--help` must not wait for what it does not use.
const program = new Command('catamaran')
  .description(
    'Builds one service for every CPU architecture, runs it on each, and says which one to pay for.',
  )
  .version(version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .helpCommand(false)
  .showHelpAfterError('Run "catamaran --help" for what there is.')
  .exitOverride()
  .addHelpText(
    'after',
    `
Exit codes:
  0 success   1 findings   2 your input   3 a remote   4 this machine   70 a defect   130 Ctrl-C

A project is a folder with a catamaran.config.ts; docs/config.md lists what can be in it.`,
  );

const layoutOption = new Option('--layout <folder>', 'OCI image layout to use').default(
  join('.catamaran', 'layout'),
);
const jsonOption = new Option('--json', 'print one JSON document on stdout, and nothing else');
const quietOption = new Option('-q, --quiet', 'show no progress');
const platformOption = new Option(
  '-p, --platform <os/arch>',
  'build for this one instead of the configured ones; several with commas, or again',
).argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);

program
  .command('build')
  .description('build an image for every platform, check it, and print its digest')
  .argument('[dir]', 'folder of the project', '.')
  .addOption(platformOption)
  .addOption(layoutOption)
  .addOption(jsonOption)
  .addOption(quietOption)
  .action(async (dir, flags) => (await import('./commands/build.ts')).build(dir, flags));

program
  .command('check')
  .description('judge every binary of an image against its platform')
  .argument('<image>', 'name of the image in the layout')
  .addOption(layoutOption)
  .addOption(jsonOption)
  .addOption(quietOption)
  .action(async (image, flags) => (await import('./commands/check.ts')).check(image, flags));

program
  .command('compare')
  .description('build, run every platform under the same limits, load each, and report')
  .argument('[dir]', 'folder of the project', '.')
  .addOption(platformOption)
  .addOption(layoutOption)
  .option('--vcpu <number>', 'CPU limit, instead of run.vcpu')
  .option('--memory <MiB>', 'memory limit, instead of run.memoryMiB')
  .option('--report <folder>', 'where the reports go', join('.catamaran', 'reports'))
  .addOption(jsonOption)
  .addOption(quietOption)
  .action(async (dir, flags) => (await import('./commands/compare.ts')).compare(dir, flags));

program
  .command('report')
  .description('make the reports of a run again from its record')
  .argument('<record>', 'the .json that "compare" wrote')
  .option('--html <file>', 'write the HTML report there')
  .addOption(jsonOption)
  .action(async (record, flags) => (await import('./commands/report.ts')).report(record, flags));

try {
  await program.parseAsync();
} catch (error) {
  // commander has printed what was wrong with the arguments, or the help or version that was asked for.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : exitCodes.user;
  if (error.exitCode !== 0 && process.argv.includes('--json')) {
    const usage = { code: 'CATA_USAGE', fault: 'user', message: error.message };
    process.stdout.write(`${JSON.stringify({ error: usage }, undefined, 2)}\n`);
  }
}
