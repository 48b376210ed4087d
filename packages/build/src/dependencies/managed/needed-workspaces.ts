import { productionNeeds } from './package-manifest.ts';
import { type Stage, stagedManifest } from './stage.ts';

/** The folders of the workspaces that the project needs when it runs, its own among them. */
export async function neededWorkspaces(stage: Stage): Promise<ReadonlySet<string>> {
  const byName = new Map<string, string>();
  for (const folder of stage.workspaces) {
    const { name } = await stagedManifest(stage, folder);
    if (name) byName.set(name, folder);
  }
  const needed = new Set<string>();
  const waiting = [stage.workspace];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (needed.has(folder)) continue;
    needed.add(folder);
    for (const { name } of productionNeeds(await stagedManifest(stage, folder))) {
      const next = byName.get(name);
      if (next !== undefined) waiting.push(next);
    }
  }
  return needed;
}
