import { realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

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

async function load(folder: string, env: Readonly<Record<string, string | undefined>>): Promise<NpmOptions> {
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
  return config.flat;
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
