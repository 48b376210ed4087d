import { join, posix } from 'node:path';
import type { Context } from '@catamaran/oci';
import { buildErrors } from '../../errors.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { Project } from '../../project/project.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import type { PathPattern } from './path-pattern.ts';
import { matchPatterns, speaksOf } from './path-patterns.ts';
import { namedPart, type Selection } from './selection.ts';
import { type FoundFile, walkFolder } from './walk-folder.ts';
import { whyWithheld } from './withheld-names.ts';

export interface SearchOptions {
  readonly ignore: IgnoreRules;
  readonly inputs: InputLog;
  /** Whether `node_modules` below a folder that is named are picked up as anything else is. */
  readonly withPackages: boolean;
  /** Told of what a pattern matches and is not picked up for its name: a path from the project's folder. */
  onWithheld(path: string): void;
}

/**
 * What a selection matches, each with its path from the application's folder in the image.
 * @throws CATA_FILES_NONE, CATA_FILE_UNREADABLE
 */
export async function* foundFiles(
  project: Project,
  selection: Selection,
  options: SearchOptions,
  ctx: Context,
): AsyncIterable<FoundFile> {
  const positive = selection.patterns.filter(({ negated }) => !negated);
  for (const named of new Set(positive.map(namedPart))) {
    // Of what lies in the folder that it names, a pattern decides; of the same files below another's it does not.
    const patterns = selection.patterns.filter((one) => one.negated || namedPart(one) === named);
    yield* foundBelow(project, { ...selection, patterns }, named, options, ctx);
  }
}

async function* foundBelow(
  project: Project,
  { from, to, patterns }: Selection,
  named: string,
  { ignore, inputs, withPackages, onWithheld }: SearchOptions,
  ctx: Context,
): AsyncIterable<FoundFile> {
  const start = posix.join(from, named);
  let hasIgnored = false;
  const isIgnored = (path: string) => {
    const found = ignore.match(posix.join(start, path), start);
    hasIgnored ||= found;
    return found;
  };
  const inSelection = (path: string) => posix.join(named, path);
  const isWanted = (path: string, name: string) => {
    const why = whyWithheld(name);
    if (!why || (withPackages && start !== '.' && name === 'node_modules'))
      return !ignore.isFinal || !isIgnored(path);
    const isMeant = matchPatterns(patterns, inSelection(path)) && !isIgnored(path);
    if (isMeant && (why === 'secret' || start !== '.')) onWithheld(posix.join(start, path));
    return false;
  };
  const absolute = join(project.folder, start);
  inputs.file(absolute);
  const onFolder = (folder: string) => inputs.folder(folder);
  const picked = new Set<PathPattern>();
  for await (const file of walkFolder(absolute, { isWanted, onFolder, signal: ctx.signal })) {
    const path = inSelection(file.path);
    if (!matchPatterns(patterns, path) || isIgnored(file.path)) continue;
    for (const pattern of patterns) if (speaksOf(pattern, path)) picked.add(pattern);
    inputs.file(file.absolute);
    yield { ...file, path: posix.join(to, path) };
  }
  for (const pattern of patterns) {
    if (!pattern.negated && !picked.has(pattern))
      throw nothingPicked(from, pattern, hasIgnored ? ignore : undefined);
  }
}

/** What is asked for and is not there is told at once: otherwise the service would be the first to notice. */
function nothingPicked(from: string, pattern: PathPattern, ignore: IgnoreRules | undefined): Error {
  const by = ignore?.file ? `app.ignore or "${ignore.file}"` : 'app.ignore';
  return buildErrors.CATA_FILES_NONE({
    pattern: posix.join(from, pattern.text),
    reason: `there is no such file${ignore ? ` that is not ignored by ${by}` : ''}`,
  });
}
