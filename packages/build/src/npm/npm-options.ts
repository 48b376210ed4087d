import { realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type Config from '@npmcli/config';

/** Registry, scopes, tokens, proxy and cache, as npm's own configuration has them; passed on, never looked into. */
export type NpmOptions = Readonly<Record<string, unknown>>;

/** Reads npm's configuration as npm does, once, when the first package has to be fetched. */
export function npmOptionsFrom(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): () => Promise<NpmOptions> {
  let loaded: Promise<NpmOptions> | undefined;
  return () => {
    loaded ??= load(folder, env);
    return loaded;
  };
}

/**
 * The environment in which npm would run a package's install script: its own configuration, .npmrc's unknown keys
 * included, is there as npm_config_… (https://docs.npmjs.com/cli/v11/using-npm/config). Read once.
 */
export function npmScriptEnvFrom(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): () => Promise<Readonly<Record<string, string | undefined>>> {
  let loaded: Promise<Readonly<Record<string, string | undefined>>> | undefined;
  return () => {
    loaded ??= loadConfig(folder, env).then((config) => config.env);
    return loaded;
  };
}

async function load(folder: string, env: Readonly<Record<string, string | undefined>>): Promise<NpmOptions> {
  const config = await loadConfig(folder, env);
  return { ...config.flat, ...shorterWaits(config), ...allowances(config), ...(await replacedHost(config)) };
}

/** npm 12 allows nobody these unless they say so; a lockfile that was made with them has been agreed to. */
function allowances(config: Config): NpmOptions {
  return {
    ...(config.isDefault('allow-remote') ? { allowRemote: 'all' } : {}),
    ...(config.isDefault('allow-git') ? { allowGit: 'all' } : {}),
  };
}

/** npm's word for its public registry becomes that registry's host. */
async function replacedHost(config: Config): Promise<NpmOptions> {
  if (config.flat.replaceRegistryHost !== 'npmjs') return {};
  const { default: known } = await import('@npmcli/config/lib/definitions/index.js');
  return { replaceRegistryHost: new URL(known.definitions.registry.default).hostname };
}

async function loadConfig(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Config> {
  const { default: Config } = await import('@npmcli/config');
  const { default: known } = await import('@npmcli/config/lib/definitions/index.js');
  const config = new Config({
    argv: [],
    cwd: folder,
    env: { ...env },
    ...(await findNpm(env)),
    ...known,
    warn: false,
  });
  await config.load();
  return config;
}

/**
 * npm waits 10 and then 60 seconds before it tries again: a person whose network is down would sit before a build
 * that says nothing. What they have set themselves stays.
 */
function shorterWaits(config: Config): NpmOptions {
  const keys = ['fetch-retry-factor', 'fetch-retry-mintimeout', 'fetch-retry-maxtimeout'];
  if (!keys.every((key) => config.isDefault(key))) return {};
  const { retry } = config.flat as { retry?: Readonly<Record<string, number>> };
  return { retry: { ...retry, factor: 4, minTimeout: 500, maxTimeout: 5000 } };
}

/**
 * Where npm is installed: its built-in configuration lies in its own folder, and the global one is found from
 * the `node` beside the command, which need not be the one that runs this.
 */
async function findNpm(
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ npmPath: string; execPath: string }> {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const found = await realpath(join(folder, 'npm')).catch(() => undefined);
    if (found) return { npmPath: dirname(dirname(found)), execPath: join(folder, 'node') };
  }
  return { npmPath: dirname(dirname(process.execPath)), execPath: process.execPath };
}
