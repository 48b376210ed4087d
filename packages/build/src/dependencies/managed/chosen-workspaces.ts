import type { LinkChoice } from '../linked-folders.ts';
import type { Installed, InstalledWorkspace } from './installed.ts';

/** The workspaces that are packages of the image: all but the project's own, or those named with those that they need. */
export function chosenWorkspaces(
  { workspaces: [, ...others] }: Installed,
  choice: LinkChoice,
): readonly InstalledWorkspace[] {
  if (choice === 'all') return others;
  const names = new Set<string>();
  const waiting = [...choice];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    for (const workspace of others) if (workspace.name === name) waiting.push(...workspace.needs);
  }
  return others.filter(({ name }) => names.has(name));
}
