import type { Command } from 'commander';
import { withExamples, withRegistries } from './options.ts';

/** The commands for what images are put on. They are imported when they are called. */
export function addBaseCommands(program: Command): void {
  const base = program
    .command('base')
    .description('the base that a project’s images are put on: update what it is locked to')
    .helpCommand(false);
  addUpdate(base);
}

function addUpdate(base: Command): void {
  const command = base
    .command('update')
    .description('lock the base to what its tag, or the Debian mirror, has now; say what changed')
    .argument('[dir]', 'folder of the project', '.')
    .action(async (dir, flags) => (await import('../commands/base.ts')).updateBaseOf(dir, flags));
  withExamples(
    withRegistries(command),
    'catamaran base update',
    'catamaran base update samples/bookstore --json',
  ).addHelpText(
    'after',
    `
Writes catamaran.lock.json beside the configuration: keep it in version control. Builds then use exactly that until
the next update; an image by its digest, a layout and scratch have nothing to lock.`,
  );
}
