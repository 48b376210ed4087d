import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startDockerEngine } from '../../packages/oci/src/testing/docker-engine/start-docker-engine.ts';
import type { Bench } from '../support/bench.ts';
import type { Measured } from '../support/measure.ts';
import { findBuildKitClient } from './docker-client.ts';

/** A Docker engine of our own, with BuildKit on. */
export interface Docker extends AsyncDisposable {
  /** "20.10.24+dfsg1" */
  readonly version: string;
  run(...args: readonly string[]): Promise<Measured>;
  /** Removes all that builds have left behind, images and layers, but for what they have mounted as caches. */
  forget(images: readonly string[]): Promise<void>;
}

/** Everything that BuildKit keeps but "exec.cachemount". https://docs.docker.com/reference/cli/docker/builder/prune/ */
const kinds = ['regular', 'source.local', 'source.git.checkout', 'frontend', 'internal'];

/** @returns why there is none, where none can run */
export async function startDocker(bench: Bench): Promise<Docker | string> {
  const client = await findBuildKitClient(bench);
  if (!client) return 'no docker client that builds with BuildKit (Debian: docker.io)';
  const folder = join(bench.folder, 'docker');
  await mkdir(folder);
  const engine = await startDockerEngine(folder);
  if (typeof engine === 'string') return engine;
  const { DOCKER_HOST, DOCKER_CONFIG } = engine.env;
  const env = { DOCKER_HOST, DOCKER_CONFIG, DOCKER_BUILDKIT: '1' };
  const run = (...args: readonly string[]) => bench.run(client, args, { env });
  const version = await run('version', '--format', '{{.Server.Version}}');
  return {
    version: version.stdout.trim(),
    run,
    async forget(images) {
      // With --force, what is not there is no error.
      await run('image', 'rm', '--force', ...images);
      await run('image', 'prune', '--force');
      // "--no-cache" would start with empty mounts, too.
      for (const kind of kinds) await run('builder', 'prune', '--all', '--force', '--filter', `type=${kind}`);
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
