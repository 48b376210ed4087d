import { buildErrors } from '../../errors.ts';
import { type AptSource, readAptSources } from './apt-sources.ts';

/**
 * What this machine's apt has of a Debian release: the release, its updates and its security updates. Other
 * archives use the same names for their suites, so it must be Debian's key that is asked for, and Debian that
 * the signed release says it is. For which architectures apt itself uses a source does not matter here.
 * @throws CATA_SOURCES_MISSING
 */
export async function hostSources(suite: string): Promise<AptSource[]> {
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
