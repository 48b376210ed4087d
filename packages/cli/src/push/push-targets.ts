import { type Reference, repositoryNameOf } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { formatRegistryReference } from '../location/format-location.ts';
import { parseLocation } from '../location/parse-location.ts';
import { requireTag } from '../location/require-tag.ts';

export interface PushArguments {
  readonly folder: string;
  /** As they were given. */
  readonly references: readonly string[];
}

/** The first argument is the project's folder, unless it names a registry. */
export function splitPushArguments(words: readonly string[]): PushArguments {
  const [first, ...others] = words;
  if (first === undefined || namesRegistry(first)) return { folder: '.', references: words };
  return { folder: first, references: others };
}

function namesRegistry(text: string): boolean {
  if (text.startsWith('docker://')) return true;
  const [host = '', ...rest] = text.split('/');
  // A folder is named by a path; "./my.app/service" is one, whatever looks like a registry in it.
  return (
    rest.length > 0 &&
    (host === 'localhost' || /^(?:[\w-]+(?:\.[\w-]+)+|[\w-]+(?=:\d)|\[[\da-fA-F:]+\])(?::\d+)?$/.test(host))
  );
}

/**
 * Where to push to: what the command line names, or else the configuration; each once.
 * @param tags of `--tag`: instead of the configuration's, and for what the command line names without one
 * @throws CATA_PUSH_NOWHERE, CATA_PUSH_TARGET_INVALID, CATA_TAG_INVALID
 */
export function pushTargets(
  given: readonly string[],
  tags: readonly string[],
  project: { readonly name: string; readonly publish: { readonly to: readonly Reference[] } },
): readonly Reference[] {
  for (const text of tags) requireTag(text);
  const named = given.length > 0 ? given.map((text) => parseTarget(text, tags)) : project.publish.to;
  if (named.length === 0) throw cliErrors.CATA_PUSH_NOWHERE({ name: project.name });
  const tagged =
    tags.length === 0 ? named : named.flatMap((target) => tags.map((tag) => ({ ...target, tag })));
  return [...new Map(tagged.map((target) => [formatRegistryReference(target), target])).values()];
}

function parseTarget(text: string, tags: readonly string[]): Reference {
  const refuse = (reason: string) => cliErrors.CATA_PUSH_TARGET_INVALID({ text, reason });
  const location = parseLocation(text, '');
  if (location.kind !== 'registry') throw refuse('it names no registry');
  const { digest, tag } = location.reference;
  if (digest) throw refuse('a digest is what the image has, and nothing to choose');
  if (tag !== undefined && tags.length > 0) throw refuse('it has a tag, and --tag names another');
  return location.reference;
}

/** One of each repository: one may be open to somebody whom another of the same registry is closed to. */
export function repositoriesOf(targets: readonly Reference[]): readonly Reference[] {
  return [...new Map(targets.map((target) => [repositoryKey(target), target])).values()];
}

function repositoryKey(target: Reference): string {
  const { host, repository } = repositoryNameOf(target);
  return `${host}/${repository}`;
}
