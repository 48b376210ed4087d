import { Command, CommanderError } from 'commander';
import { addBaseCommands } from './command-line/base-commands.ts';
import { addCacheCommands } from './command-line/cache-commands.ts';
import { addImageCommands } from './command-line/image-commands.ts';
import { addProjectCommands } from './command-line/project-commands.ts';
import { addRegistryCommands } from './command-line/registry-commands.ts';
import { exitCodes } from './process/exit-codes.ts';
import { writeOut } from './process/write-out.ts';
import { version } from './version.ts';

// What a command needs is imported when it is called: `--help` must not wait for what it does not use.
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

// For commander's own output, the help and the version; see `terminalOf` for that of the commands.
program.configureOutput({
  writeOut: (text) => writeOut(process.stdout, text),
});

addProjectCommands(program);
addImageCommands(program);
addRegistryCommands(program);
addBaseCommands(program);
addCacheCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  // commander has printed what was wrong with the arguments, or the help or version that was asked for.
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode !== 0) process.exitCode = exitCodes.user;
  if (error.exitCode !== 0 && process.argv.includes('--json')) {
    const usage = { code: 'CATA_USAGE', fault: 'user', message: error.message };
    process.stdout.write(`${JSON.stringify({ error: usage }, undefined, 2)}\n`);
  }
}
