import type { Installed } from './installed.ts';
import { location, resolveName } from './stage-tree.ts';

/**
 * Links that let the bundle find what the workspaces in it need: the bundle lies in the project's folder, from where a
 * package that only another workspace depends on is out of sight where packages are linked (pnpm's way, and Bun's).
 * Where two workspaces need two versions, there is no link: an import of such a package is refused.
 * @param external workspaces that are packages of the image
 */
export function borrowedLinks(
  { packages, links, workspaces }: Installed,
  external: readonly string[],
): Installed['links'] {
  const project = workspaces[0]?.location ?? '';
  const locations = new Set(packages.map((found) => found.location));
  const linked = new Map(links);
  const resolve = (from: string, name: string) => resolveName((at) => locations.has(at), linked, from, name);
  const borrowed = new Map<string, string | undefined>();
  for (const workspace of workspaces.slice(1)) {
    for (const name of workspace.needs) {
      const found = resolve(workspace.location, name);
      const isInImage = found !== undefined && (locations.has(found) || external.includes(name));
      if (!isInImage || resolve(project, name) !== undefined) continue;
      borrowed.set(name, borrowed.has(name) && borrowed.get(name) !== found ? undefined : found);
    }
  }
  return [...borrowed].flatMap(([name, to]) =>
    to === undefined ? [] : [[location(project, `node_modules/${name}`), to] as const],
  );
}
