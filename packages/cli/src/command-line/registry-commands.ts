import type { Command } from 'commander';
import { layoutOption, platformsOption, withExamples, withForm, withRegistries } from './options.ts';

/** The commands that only registries have something to say to. They are imported when they are called. */
export function addRegistryCommands(program: Command): void {
  addPull(program);
  addTags(program);
  addDelete(program);
}

function addPull(program: Command): void {
  const command = program
    .command('pull')
    .description('fetch an image from a registry into the layout, and print its digest')
    .argument('<ref>', 'with its registry; docker://name is Docker Hub’s')
    .argument('[name]', 'its name in the layout (default: the last part of the repository, with the tag)')
    .addOption(platformsOption)
    .addOption(layoutOption)
    .action(async (ref, name, flags) => (await import('../commands/pull.ts')).pull(ref, name, flags));
  withExamples(
    withRegistries(withForm(command)),
    'catamaran pull docker.io/library/alpine:3.20',
    'catamaran pull localhost:5000/team/app app --platform linux/arm64',
  );
}

function addTags(program: Command): void {
  const command = program
    .command('tags')
    .description('list the tags of a repository, one on each line')
    .argument('<repository>', 'with its registry; docker://name is Docker Hub’s')
    .action(async (repository, flags) => (await import('../commands/tags.ts')).tags(repository, flags));
  withExamples(
    withRegistries(command),
    'catamaran tags registry.example.com/team/app',
    'catamaran tags docker://node | grep slim',
  );
}

function addDelete(program: Command): void {
  const command = program
    .command('delete')
    .description('delete a tag from a registry, or by its digest an image with all its tags')
    .argument('<ref>', 'with its registry, and a tag or a digest')
    .action(async (ref, flags) => (await import('../commands/delete.ts')).deleteImage(ref, flags));
  withExamples(
    withRegistries(command),
    'catamaran delete registry.example.com/team/app:1.2-rc1',
    'catamaran delete registry.example.com/team/app@$(catamaran digest registry.example.com/team/app:1.2-rc1)',
  );
}
