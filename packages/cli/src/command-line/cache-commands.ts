import type { Command } from 'commander';
import { withExamples, withOutput } from './options.ts';

/** The commands for what builds have kept. They are imported when they are called. */
export function addCacheCommands(program: Command): void {
  const cache = program
    .command('cache')
    .description('what builds have kept to be quicker: show it, prune it, verify it, clear it')
    .helpCommand(false);
  addShow(cache);
  addPrune(cache);
  addVerify(cache);
  addClear(cache);
}

function addShow(cache: Command): void {
  const command = cache
    .command('show', { isDefault: true })
    .description('where the cache is, how large, and what is in it; also without “show”')
    .allowExcessArguments()
    .action(async (flags, { args: [word] }: Command) => {
      if (word !== undefined)
        cache.error(`error: there is no "cache ${word}"; there are show, prune, verify and clear.`);
      await (await import('../commands/cache.ts')).showCache(flags);
    });
  withExamples(withOutput(command), 'catamaran cache', 'catamaran cache --json').addHelpText(
    'after',
    '\nIt is in the folder “catamaran” of XDG_CACHE_HOME, which is ~/.cache where it is not set.',
  );
}

function addPrune(cache: Command): void {
  const command = cache
    .command('prune')
    .description(
      'remove what was not used for long, or is too much; never what was used within the last hour',
    )
    .option(
      '--older-than <age>',
      'what was last used before that: 90m, 12h, 30d, 2w (default: 30d; none with --max-size alone)',
    )
    .option('--max-size <size>', 'what was used least lately, down to this: 800MB, 5GB, 2GiB')
    .action(async (flags) => (await import('../commands/cache.ts')).prune(flags));
  withExamples(
    withOutput(command),
    'catamaran cache prune',
    'catamaran cache prune --older-than 12h',
    'catamaran cache prune --older-than 2w --max-size 5GB',
  ).addHelpText('after', '\nBuilds may run meanwhile: what they use stays.');
}

function addVerify(cache: Command): void {
  const command = cache
    .command('verify')
    .description('read all that is kept, and remove what is damaged; exit code 1 when something was')
    .action(async (flags) => (await import('../commands/cache.ts')).verify(flags));
  withExamples(withOutput(command), 'catamaran cache verify', 'catamaran cache verify --json');
}

function addClear(cache: Command): void {
  const command = cache
    .command('clear')
    .description('remove all that is kept; builds make it again')
    .action(async (flags) => (await import('../commands/cache.ts')).clear(flags));
  withExamples(withOutput(command), 'catamaran cache clear');
}
