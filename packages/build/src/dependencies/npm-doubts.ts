import { buildErrors } from '../errors.ts';
import type { Lockfile } from '../npm/lockfile.ts';
import { platformGaps } from '../npm/platform-gaps.ts';
import type { Closure } from '../npm/production-closure.ts';
import type { Project } from '../project/project.ts';
import { formatTarget, type Target } from '../target/target.ts';

/**
 * What a person should know of a lockfile, each once: peers that nobody has installed, and packages that have some of
 * their own for other platforms, but never had one for a target. They may have something else for it.
 * @param closures of the targets
 * @throws CATA_NATIVE_PACKAGE_MISSING for what npm has pruned
 */
export function npmDoubts(
  lockfile: Lockfile,
  targets: readonly Target[],
  closures: readonly Closure[],
  settings: Project['app']['native'],
): string[] {
  const gaps = targets.flatMap((target, at) => {
    const found = closures[at] ? platformGaps(lockfile, closures[at], target) : [];
    return found.filter(({ name }) => settings[name] !== 'skip').map((gap) => ({ ...gap, target }));
  });
  const doubts = gaps.map(({ name, pruned, present, target }) => {
    const platform = formatTarget(target);
    if (pruned.length === 0)
      return `"${name}" has packages of its own for Linux (${present.join(', ')}), and none for ${platform}: it may not work there.`;
    const missing = pruned.map((one) => `"${one}"`).join(', ');
    throw buildErrors.CATA_NATIVE_PACKAGE_MISSING({ name, platform, missing, lockfile: lockfile.path });
  });
  const peers = closures.flatMap(({ missingPeers }) => missingPeers);
  const missing = peers.map(
    ({ from, name, wanted }) =>
      `"${from || 'The project'}" wants "${name}" (${wanted}) beside it, which "${lockfile.path}" does not have.`,
  );
  return [...new Set([...doubts, ...missing])];
}
