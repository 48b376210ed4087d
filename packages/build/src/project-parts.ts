import { resolve } from 'node:path';
import { type AptSource, readAptSources } from './bases/debian/apt-sources.ts';
import { debianBase } from './bases/debian/debian-base.ts';
import type { BuildParts } from './build-index.ts';
import { nodeBuilder } from './builders/node/node-builder.ts';
import type { Cache } from './cache/cache.ts';
import { buildErrors } from './errors.ts';
import type { InputLog } from './inputs/input-log.ts';
import { npmOptionsFrom, npmScriptEnvFrom } from './npm/npm-options.ts';
import { packageStore } from './packages/package-store.ts';
import type { Project } from './project/project.ts';

export interface Surroundings {
  readonly cache: Cache;
  /** Told of everything of the project that is read. */
  readonly inputs: InputLog;
  /** Environment variables, for npm's own configuration. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a build is made of, and what it holds open until it is done. */
export interface ProjectParts extends BuildParts, AsyncDisposable {}

/** The base and the builder that a project's configuration asks for. @throws CATA_SOURCES_MISSING */
export async function projectParts(
  project: Project,
  { cache, env, inputs }: Surroundings,
): Promise<ProjectParts> {
  const { suite } = project.base;
  const sources = project.base.sources?.map(({ signedBy, ...source }) => ({
    ...source,
    uri: source.uri.replace(/\/+$/, ''),
    signedBy: [signedBy.includes('-----BEGIN') ? signedBy : resolve(project.folder, signedBy)],
  }));
  const options = {
    suite,
    packages: project.base.packages,
    sources: sources ?? (await hostSources(suite)),
    sourceDateEpoch: project.sourceDateEpoch,
  };
  const npmOptions = npmOptionsFrom(project.folder, env);
  const packages = packageStore(cache, npmOptions, project.sourceDateEpoch);
  return {
    [Symbol.asyncDispose]: () => packages[Symbol.asyncDispose](),
    base: debianBase(options, cache),
    builder: nodeBuilder({
      // Debian has glibc, whatever its packages.
      targetOf: async (platform) => ({ platform, libc: 'glibc', nodeVersion: project.node }),
      cache,
      npmOptions,
      scriptEnv: npmScriptEnvFrom(project.folder, env),
      folder: project.folder,
      packages,
      inputs,
    }),
  };
}

/**
 * What this machine's apt has of a Debian release: the release, its updates and its security updates. Other
 * archives use the same names for their suites, so it must be Debian's key that is asked for, and Debian that
 * the signed release says it is. For which architectures apt itself uses a source does not matter here.
 */
async function hostSources(suite: string): Promise<AptSource[]> {
  const suites = [suite, `${suite}-updates`, `${suite}-security`];
  const sources = (await readAptSources()).flatMap((source): AptSource[] => {
    const matching = source.suites.filter((candidate) => suites.includes(candidate));
    const isDebians =
      source.components.includes('main') &&
      source.signedBy.some((keyring) => /debian-archive|-----BEGIN/.test(keyring));
    return isDebians && matching.length > 0
      ? [{ ...source, suites: matching, components: ['main'], origin: 'Debian' }]
      : [];
  });
  if (!sources.some((source) => source.suites.includes(suite)))
    throw buildErrors.CATA_SOURCES_MISSING({ suite });
  return sources;
}
