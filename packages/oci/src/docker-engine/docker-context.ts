import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors/message-of.ts';
import { type EngineAddress, type EngineTls, parseEngineAddress } from './engine-address.ts';
import type { EngineEnvironment } from './engine-environment.ts';
import { engineErrors } from './errors.ts';

/** The one that stands for no context at all. */
const defaultContext = 'default';

/**
 * Where the context that is in use has its engine: the one of DOCKER_CONTEXT, or else the one that "docker context use"
 * has written down. Undefined when there is none. https://docs.docker.com/engine/manage-resources/contexts/
 * @throws CATA_ENGINE_CONTEXT_INVALID, CATA_ENGINE_ADDRESS_INVALID
 */
export async function contextAddress(environment: EngineEnvironment): Promise<EngineAddress | undefined> {
  const folder = dockerFolder(environment);
  const fromVariable = environment.variables.DOCKER_CONTEXT;
  const name = fromVariable || (await currentContext(join(folder, 'config.json')));
  if (!name || name === defaultContext) return undefined;
  const source = fromVariable ? 'DOCKER_CONTEXT' : `"${join(folder, 'config.json')}"`;
  return readContext(folder, name, source);
}

/** Where the docker command keeps what is a user's own. */
export function dockerFolder({ variables, homeFolder }: EngineEnvironment): string {
  return variables.DOCKER_CONFIG || join(homeFolder, '.docker');
}

/** A file that says nothing of a context, or cannot be read, leaves the choice to the default: docker itself does so. */
async function currentContext(path: string): Promise<string | undefined> {
  try {
    const { currentContext: name } = JSON.parse(await readFile(path, 'utf8')) as { currentContext?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

async function readContext(folder: string, name: string, source: string): Promise<EngineAddress> {
  const id = createHash('sha256').update(name).digest('hex');
  const refuse = (reason: string, cause?: unknown) =>
    engineErrors.CATA_ENGINE_CONTEXT_INVALID({ name, source, reason }, { cause });
  const path = join(folder, 'contexts', 'meta', id, 'meta.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw refuse(`there is no "${path}"`, cause);
  });
  const { Host: host, SkipTLSVerify: isLax = false } = endpointIn(text, (cause) =>
    refuse(`"${path}" is no context: ${messageOf(cause)}`, cause),
  );
  if (typeof host !== 'string') throw refuse('it has no engine of Docker’s');
  const tls = await readTls(join(folder, 'contexts', 'tls', id, 'docker'));
  const lax = isLax === true ? { rejectUnauthorized: false } : {};
  return parseEngineAddress(host, `the context ${name}`, tls ? { ...tls, ...lax } : undefined);
}

function endpointIn(
  text: string,
  refuse: (cause: unknown) => Error,
): { readonly Host?: unknown; readonly SkipTLSVerify?: unknown } {
  try {
    const { Endpoints: endpoints } = JSON.parse(text) as { Endpoints?: { docker?: object } };
    return endpoints?.docker ?? {};
  } catch (cause) {
    throw refuse(cause);
  }
}

/** The certificates in a folder, by the names that Docker gives them; undefined when there are none. */
export async function readTls(folder: string): Promise<EngineTls | undefined> {
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => undefined);
  const [ca, cert, key] = await Promise.all(['ca.pem', 'cert.pem', 'key.pem'].map(read));
  if (ca === undefined && cert === undefined && key === undefined) return undefined;
  return { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) };
}
