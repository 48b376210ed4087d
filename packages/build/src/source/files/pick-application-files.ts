import type { Context } from '@catamaran/oci';
import type { DependencySource } from '../../dependencies/dependency-source.ts';
import type { InputLog } from '../../inputs/input-log.ts';
import type { Project } from '../../project/project.ts';
import { readIgnoreRules } from './ignore-rules.ts';
import { type PickedFiles, pickFiles } from './pick-files.ts';
import { placeIn } from './place-in.ts';
import type { Selection } from './selection.ts';

/** How many paths a warning names. */
const namedInWarning = 5;

/**
 * What is picked up for the image, without what its ignore rules and its name keep out; of the latter a warning tells.
 * @throws what `readIgnoreRules` and `pickFiles` throw
 */
export async function pickApplicationFiles(
  project: Project,
  selections: readonly Selection[],
  { root, workspace }: DependencySource,
  inputs: InputLog,
  ctx: Context,
): Promise<PickedFiles> {
  const withheld = new Set<string>();
  const options = {
    ignore: await readIgnoreRules(project, root, inputs),
    inputs,
    withPackages: project.app.dependencies === 'traced',
    onWithheld: (path: string) => void withheld.add(path),
  };
  const picked = await pickFiles(project, selections, placeIn(workspace), options, ctx);
  if (withheld.size > 0) ctx.emit({ type: 'warning', message: describeWithheld([...withheld].sort()) });
  return picked;
}

function describeWithheld(paths: readonly string[]): string {
  const more = paths.length > namedInWarning ? ` and ${paths.length - namedInWarning} more` : '';
  const named = paths.slice(0, namedInWarning).map((path) => `"${path}"`);
  const stays = paths.length === 1 ? 'stays' : 'stay';
  return `${named.join(', ')}${more} ${stays} out of the image, though a pattern matches: it may hold secrets, or packages that the lockfile already names. What has to be in is named without a wildcard, what has not can be ignored.`;
}
