import { join } from 'node:path';
import { type Context, runTogether } from '@catamaran/oci';
import type { Cache } from '../../cache/cache.ts';
import type { Target } from '../../target/target.ts';
import { describeInstall } from './describe-install.ts';
import type { Installed } from './installed.ts';
import { packPackage } from './pack-package.ts';
import type { Stage } from './stage.ts';
import { readStageTree } from './stage-tree.ts';
import { stagedClosure } from './staged-closure.ts';

/** How many packages are packed at a time. */
const atOnce = 4;

/** Finds what each target needs of an install, and packs it into the cache. */
export async function takeInStage(
  stage: Stage,
  targets: readonly Target[],
  hasMore: boolean,
  cache: Cache,
  ctx: Context,
): Promise<Installed[]> {
  const tree = await readStageTree(stage);
  const closures = targets.map((target) => stagedClosure(tree, stage.workspace, target, hasMore));
  const paths = [...new Set(closures.flatMap(({ packages }) => packages))];
  const pack = (path: string) => (inner: Context) =>
    packPackage(join(stage.folder, path), cache.blobs, inner.signal);
  const blobs = await runTogether(paths.map(pack), ctx, atOnce);
  const contents = new Map(paths.map((path, at) => [path, blobs[at]] as const));
  return targets.flatMap((target, at) => {
    const closure = closures[at];
    return closure ? [describeInstall(tree, closure, contents, target)] : [];
  });
}
