import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { DockerEngine } from '../../packages/oci/src/testing/docker-engine/start-docker-engine.ts';

/**
 * Runs `docker build` with BuildKit by the first client on PATH that can: from version 23 on that takes a plugin.
 * @returns why not, where none can
 */
export async function dockerBuild(
  engine: DockerEngine,
  args: readonly string[],
): Promise<undefined | string> {
  const clients = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'docker'));
  const env = { ...engine.env, DOCKER_BUILDKIT: '1' };
  for (const client of new Set(clients)) {
    try {
      await promisify(execFile)(client, ['build', ...args], { env });
      return undefined;
    } catch (error) {
      if (!/buildx component|ENOENT/.test(String(error))) throw error;
    }
  }
  return 'no docker client here builds with BuildKit';
}
