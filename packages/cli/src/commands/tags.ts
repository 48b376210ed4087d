import type { Context, Reference, RegistryStore } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { formatRepository } from '../location/format-location.ts';
import { requireRegistry } from '../location/require-registry.ts';
import { runCommand } from '../process/run-command.ts';
import type { Terminal } from '../process/terminal.ts';
import { openRegistries } from '../registry/open-registries.ts';
import type { RegistryFlags } from '../registry/registry-flags.ts';

/** A write for each tag would cost more than the tags do. */
const linesAtOnce = 500;

/** `catamaran tags`: one on each line, as they come. */
export function tags(text: string, flags: RegistryFlags): Promise<never> {
  return runCommand(flags, async ({ environment, stdout }, ctx) => {
    const { reference } = requireRegistry(text, 'tags');
    const repository = formatRepository(reference);
    if (reference.tag ?? reference.digest) throw cliErrors.CATA_REPOSITORY_EXPECTED({ text, repository });
    await using registries = await openRegistries(flags, environment);
    const found = flags.json
      ? await allOf(registries.tags(reference, ctx))
      : await printTags(reference, registries, stdout, ctx);
    return { document: { repository, tags: found }, text: '' };
  });
}

async function printTags(
  repository: Reference,
  registries: RegistryStore,
  stdout: Terminal,
  ctx: Context,
): Promise<undefined> {
  let lines: string[] = [];
  const print = async () => {
    await stdout.write(lines.map((tag) => `${tag}\n`).join(''));
    lines = [];
  };
  for await (const tag of registries.tags(repository, ctx)) {
    if (lines.push(tag) === linesAtOnce) await print();
  }
  await print();
}

async function allOf(tags: AsyncIterable<string>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const tag of tags) all.push(tag);
  return all;
}
