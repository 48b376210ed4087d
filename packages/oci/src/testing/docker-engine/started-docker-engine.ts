// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';
import { type DockerEngine, startDockerEngine } from './start-docker-engine.ts';

/**
 * A Docker engine that is gone when the test has finished.
 * @returns why there is none, where none can run
 */
export async function startedDockerEngine(folder: string): Promise<DockerEngine | string> {
  const engine = await startDockerEngine(folder);
  if (typeof engine !== 'string') onTestFinished(() => engine[Symbol.asyncDispose]());
  return engine;
}
