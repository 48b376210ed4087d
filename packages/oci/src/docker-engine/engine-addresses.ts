import { join } from 'node:path';
import { contextAddress, dockerFolder, readTls } from './docker-context.ts';
import { type EngineAddress, parseEngineAddress } from './engine-address.ts';
import type { EngineEnvironment } from './engine-environment.ts';

/**
 * Where an engine may listen, in the order in which they are tried. Who names one, by DOCKER_HOST or by a context, gets
 * that one or none: an image is not to end up somewhere else because that one does not answer.
 * @throws CATA_ENGINE_ADDRESS_INVALID, CATA_ENGINE_CONTEXT_INVALID
 */
export async function engineAddresses(environment: EngineEnvironment): Promise<readonly EngineAddress[]> {
  const { DOCKER_HOST: host } = environment.variables;
  if (host) return [parseEngineAddress(host, 'DOCKER_HOST', await variableTls(environment))];
  const chosen = await contextAddress(environment);
  return chosen ? [chosen] : usualAddresses(environment);
}

/** https://docs.docker.com/engine/security/protect-access/#secure-by-default */
async function variableTls(environment: EngineEnvironment) {
  const { DOCKER_TLS_VERIFY: isVerified, DOCKER_CERT_PATH: folder } = environment.variables;
  if (!isVerified) return undefined;
  return (await readTls(folder || dockerFolder(environment))) ?? {};
}

/** Docker's own, without root and Desktop's; then Podman's, the user's own first, as there may be one of root's beside it. */
function usualAddresses({ variables, homeFolder }: EngineEnvironment): EngineAddress[] {
  const { XDG_RUNTIME_DIR: runtimeFolder } = variables;
  const inRuntime = (...path: readonly string[]) => (runtimeFolder ? [join(runtimeFolder, ...path)] : []);
  const docker = [
    '/var/run/docker.sock',
    ...inRuntime('docker.sock'),
    join(homeFolder, '.docker', 'run', 'docker.sock'),
    join(homeFolder, '.docker', 'desktop', 'docker.sock'),
  ];
  const podman = [...inRuntime('podman', 'podman.sock'), '/run/podman/podman.sock'];
  const at = (source: string) => (path: string) => parseEngineAddress(`unix://${path}`, source);
  return [...docker.map(at('Docker’s usual place')), ...podman.map(at('Podman’s usual place'))];
}
