import { join } from 'node:path';
import { buildErrors } from '../../errors.ts';
import { type PackageManifest, productionRanges } from './package-manifest.ts';
import { type Stage, stagedManifest, stagedText } from './stage.ts';

/**
 * Yarn 1 looks only at the root's package.json to see whether its lockfile is up to date (yarnpkg/yarn#5840): what a
 * workspace asks for and the lockfile does not have, it would take as it is today.
 * @throws CATA_LOCKFILE_OUTDATED
 */
export async function requireLockedRanges(stage: Stage): Promise<void> {
  const { lockfile, workspaces } = stage;
  const locked = lockedRanges(await stagedText(stage, 'yarn.lock'));
  const manifests = new Map<string, PackageManifest>();
  for (const folder of workspaces) manifests.set(folder, await stagedManifest(stage, folder));
  const own = new Set([...manifests.values()].map(({ name }) => name));
  const replaced = Object.keys((manifests.get('')?.resolutions ?? {}) as object);
  for (const [folder, manifest] of manifests) {
    for (const [name, range] of productionRanges(manifest)) {
      const isElsewhere = own.has(name) || replaced.some((pattern) => `/${pattern}`.endsWith(`/${name}`));
      if (isElsewhere || range.startsWith('link:') || locked.has(`${name}@${range}`)) continue;
      throw buildErrors.CATA_LOCKFILE_OUTDATED({
        path: join(lockfile.root, folder, 'package.json'),
        name,
        range,
        lockfile: lockfile.path,
        command: 'yarn install',
      });
    }
  }
}

/** The patterns of yarn.lock, as in "debug@2.6.9": lines that are not indented. */
function lockedRanges(text: string): ReadonlySet<string> {
  const keys = text.split('\n').filter((line) => /^[^\s#].*:\s*$/.test(line));
  return new Set(keys.flatMap((line) => patternsOf(line.trimEnd().slice(0, -1))));
}

/** `"@a/b@^1", c@2`: what holds a special character is in quotes. */
function patternsOf(keys: string): string[] {
  return [...keys.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s,"]+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
}
