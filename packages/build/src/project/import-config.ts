import { access } from 'node:fs/promises';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { messageOf } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import type { InputLog } from '../inputs/input-log.ts';

interface Earlier {
  readonly times: number;
  /** Its own modules the last time. */
  readonly paths: ReadonlySet<string>;
}

/** How this process has imported each configuration before. */
const imports = new Map<string, Earlier>();
const require = createRequire(import.meta.url);

/**
 * What a configuration exports by default, as its file and the modules that it imports are now: modules are kept by
 * their address, so each import but the first gives all of them another one. Packages are not loaded again.
 * @throws CATA_CONFIG_MISSING, CATA_CONFIG_FAILED
 */
export async function importConfig(path: string, inputs: InputLog): Promise<unknown> {
  await access(path).catch((cause: unknown) => {
    throw buildErrors.CATA_CONFIG_MISSING({ path }, { cause });
  });
  const { times, paths: before } = imports.get(path) ?? { times: 0, paths: new Set() };
  requireAgain(before);
  const url = addressOf(pathToFileURL(path).href, times);
  const paths = new Set<string>();
  const hooks = followImports(url, times, (own) => paths.add(own));
  try {
    return ((await import(url)) as { default?: unknown }).default;
  } catch (cause) {
    throw buildErrors.CATA_CONFIG_FAILED({ path, reason: messageOf(cause) }, { cause });
  } finally {
    hooks.deregister();
    imports.set(path, { times: times + 1, paths });
    for (const own of paths) inputs.file(own);
  }
}

/**
 * CommonJS knows no addresses: there it is the file that is kept. They are loaded before they are imported, because
 * Node.js gives nothing of one that only passes on what another exports when it imports it a second time.
 */
function requireAgain(paths: ReadonlySet<string>): void {
  const loaded = [...paths].filter((path) => path in require.cache);
  for (const path of loaded) delete require.cache[path];
  for (const path of loaded) {
    try {
      require(path);
    } catch {
      // Whoever still imports it hears of it.
    }
  }
}

/** Tells of the modules that a module imports, and those import, that are the project's own. */
function followImports(entry: string, times: number, tell: (path: string) => void) {
  const own = new Set([entry]);
  return registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context;
      if (parentURL === undefined || !own.has(parentURL)) return next(specifier, context);
      const found = resolveOrTell(() => next(specifier, context), specifier, parentURL, tell);
      if (!found.url.startsWith('file:') || found.url.includes('/node_modules/')) return found;
      tell(fileURLToPath(found.url));
      const url = addressOf(found.url, times);
      own.add(url).add(found.url);
      return context.conditions?.includes('require') ? found : { ...found, url };
    },
  });
}

/** What is not there may be, the next time. */
function resolveOrTell<T>(
  resolve: () => T,
  specifier: string,
  parentUrl: string,
  tell: (path: string) => void,
): T {
  try {
    return resolve();
  } catch (error) {
    const url = /^\.{0,2}\//.test(specifier) ? URL.parse(specifier, parentUrl) : null;
    if (url?.protocol === 'file:') tell(fileURLToPath(url));
    throw error;
  }
}

/** The plain address the first time, so that what is compiled is kept, and quoted, by it. */
function addressOf(url: string, times: number): string {
  if (times === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}catamaran=${times}`;
}
