import type { Command } from 'commander';
import { jsonOption, layoutOption, quietOption } from './options.ts';

/** The commands for images that exist, wherever they are. They are imported when they are called. */
export function addImageCommands(program: Command): void {
  program
    .command('check')
    .description('judge every binary of an image against its platform')
    .argument('<image>', 'name of the image in the layout')
    .addOption(layoutOption)
    .addOption(jsonOption)
    .addOption(quietOption)
    .action(async (image, flags) => (await import('../commands/check.ts')).check(image, flags));
}
