import { cliErrors } from '../errors.ts';
import { formatRegistryReference, formatRepository } from '../location/format-location.ts';
import type { RegistryLocation } from '../location/location.ts';
import { requireRegistry } from '../location/require-registry.ts';
import { runCommand } from '../process/run-command.ts';
import { openRegistries } from '../registry/open-registries.ts';
import type { RegistryFlags } from '../registry/registry-flags.ts';

/** `catamaran delete`: a tag, or by its digest an image with all its tags; never one that nobody has named. */
export function deleteImage(text: string, flags: RegistryFlags): Promise<never> {
  return runCommand(flags, async ({ environment }, ctx) => {
    const location = requireRegistry(text, 'delete');
    requireOneName(location);
    const { reference } = location;
    await using registries = await openRegistries(flags, environment);
    const { digest } = await registries.resolve(reference, ctx);
    await registries.delete(reference, ctx);
    const deleted = formatRegistryReference({ ...reference, digest });
    const what = reference.digest ? 'The image and all its tags are' : 'The tag is';
    const document = { deleted, digest, tag: reference.tag ?? null };
    return { document, text: `${deleted}\n`, summary: `${what} deleted.\n` };
  });
}

/** @throws CATA_DELETE_UNNAMED */
function requireOneName({ text, reference }: RegistryLocation): void {
  const { tag, digest } = reference;
  if ((tag === undefined) !== (digest === undefined)) return;
  const reason = tag === undefined ? 'it has neither tag nor digest' : 'it has a tag and a digest';
  throw cliErrors.CATA_DELETE_UNNAMED({ text, reason, repository: formatRepository(reference) });
}
