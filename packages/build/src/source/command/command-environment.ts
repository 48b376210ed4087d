import { delimiter, dirname, join } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a command of the project: the user's own, with the `node_modules/.bin` of its folder and of those
 * above it before everything else on PATH, as `npm run` has it. NODE_ENV is as the user has it.
 */
export function commandEnvironment(folder: string, env: Variables): Variables {
  const folders: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    folders.push(join(at, 'node_modules', '.bin'));
    if (dirname(at) === at) break;
  }
  return { ...env, PATH: [...folders, ...(env.PATH ? [env.PATH] : [])].join(delimiter) };
}
