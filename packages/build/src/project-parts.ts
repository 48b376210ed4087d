import { type AptSource, readAptSources } from './bases/debian/apt-sources.ts';
import { debianBase } from './bases/debian/debian-base.ts';
import type { BuildParts } from './build-index.ts';
import { nodeBuilder } from './builders/node/node-builder.ts';
import type { Cache } from './cache/cache.ts';
import { buildErrors } from './errors.ts';
import { npmOptionsFrom } from './npm/npm-options.ts';
import type { Project } from './project/project.ts';

export interface Surroundings {
  readonly cache: Cache;
  /** Environment variables, for npm's own configuration. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The base and the builder that a project's configuration asks for. @throws CATA_SOURCES_MISSING */
export async function projectParts(project: Project, { cache, env }: Surroundings): Promise<BuildParts> {
  const { suite, packages } = project.base;
  const sources = project.base.sources?.map(({ signedBy, ...source }) => ({
    ...source,
    uri: source.uri.replace(/\/+$/, ''),
    signedBy: [signedBy],
  }));
  const options = {
    suite,
    packages,
    sources: sources ?? (await hostSources(suite)),
    sourceDateEpoch: project.sourceDateEpoch,
  };
  return {
    base: debianBase(options, cache),
    builder: nodeBuilder(cache, npmOptionsFrom(project.folder, env)),
  };
}

/** What this machine's apt has of a Debian release: the release, its updates and its security updates. */
async function hostSources(suite: string): Promise<AptSource[]> {
  const suites = [suite, `${suite}-updates`, `${suite}-security`];
  const sources = (await readAptSources()).flatMap((source): AptSource[] => {
    const matching = source.suites.filter((candidate) => suites.includes(candidate));
    return matching.length > 0 && source.components.includes('main')
      ? [{ ...source, suites: matching, components: ['main'] }]
      : [];
  });
  if (!sources.some((source) => source.suites.includes(suite)))
    throw buildErrors.CATA_SOURCES_MISSING({ suite });
  return sources;
}
