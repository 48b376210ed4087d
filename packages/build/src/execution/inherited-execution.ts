import type { ExecutionConfig } from '@catamaran/oci';

/**
 * Of a base's configuration what an image on it has too, as Dockerfiles have it. Not the base's Entrypoint and Cmd: they
 * start another program. Docker writes more (names of containers, `OnBuild`, which is for one build only), and null or
 * nothing for what is not there.
 */
export function inheritedExecution(base: ExecutionConfig): ExecutionConfig {
  const { User, Volumes, WorkingDir, StopSignal, Healthcheck } = base;
  const all = { User, Volumes, WorkingDir, StopSignal, Healthcheck };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}
