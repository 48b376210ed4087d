import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';
import {
  type DockerRegistry,
  type DockerRegistryOptions,
  startDockerRegistry,
} from '../../oci/src/testing/docker-registry/start-docker-registry.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The CNCF's registry on loopback, gone when the test has finished. Needs `docker-registry`. */
export async function startedDockerRegistry(options: DockerRegistryOptions = {}): Promise<DockerRegistry> {
  const folder = join(temporaryFolder(), 'registry');
  mkdirSync(folder);
  const registry = await startDockerRegistry(folder, options);
  onTestFinished(() => registry[Symbol.asyncDispose]());
  return registry;
}
