import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Bench } from '../support/bench.ts';

/**
 * The first `docker` on PATH that builds with BuildKit: up to version 22 by itself, from 23 on with the buildx plugin.
 * @returns its path, or undefined
 */
export async function findBuildKitClient({ run }: Bench): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, 'docker');
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    const { stdout } = await run(path, ['--version']);
    const [, major] = /version (\d+)\./.exec(stdout) ?? [];
    if (Number(major) < 23) return path;
    const hasPlugin = await run(path, ['buildx', 'version']).then(
      () => true,
      () => false,
    );
    if (hasPlugin) return path;
  }
  return undefined;
}
