import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The environment of an npm that knows one registry, keeps to one folder and has nothing of this machine's. */
export function npmEnvironment(registry: string, home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    npm_config_registry: `${registry}/`,
    npm_config_cache: `${home}/npm-cache`,
    npm_config_userconfig: `${home}/npmrc`,
    npm_config_globalconfig: `${home}/global-npmrc`,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_ignore_scripts: 'true',
    // Git's, for repositories that another user owns.
    GIT_CONFIG_GLOBAL: `${home}/gitconfig`,
  };
}

/** Runs the npm of this machine. @throws with all that it said */
export async function npm(
  folder: string,
  env: Readonly<Record<string, string>>,
  ...words: readonly string[]
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('npm', words, { cwd: folder, env: { ...env } });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`npm ${words.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}
