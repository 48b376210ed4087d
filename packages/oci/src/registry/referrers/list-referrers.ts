import type { Context } from '../../context/context.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import type { Digest } from '../../model/digest.ts';
import type { IndexManifest } from '../../model/manifest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { maxManifestBytes, parseManifest } from '../../model/parse-manifest.ts';
import { nextPage } from '../http/next-page.ts';
import { readBounded } from '../http/read-bounded.ts';
import { drain } from '../http/transport.ts';
import { pathOf, pullScope, type Repository } from '../repository.ts';
import { readReferrersTag } from './referrers-tag.ts';

/** More than anybody attaches to one image. */
const maxPages = 100;

/**
 * What is attached to an image: signatures, SBOMs. By the registry's own list, or by the tag that clients keep where it
 * has none. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
 * @param artifactType only those of this type
 */
export async function listReferrers(
  repository: Repository,
  subject: Digest,
  artifactType: string | undefined,
  ctx: Context,
): Promise<readonly Descriptor[]> {
  const { registry } = repository.connection;
  const query = artifactType ? `?${new URLSearchParams({ artifactType })}` : '';
  const found: Descriptor[] = [];
  let target: string | URL | undefined = pathOf(repository, `referrers/${subject}${query}`);
  for (let page = 0; target !== undefined && page < maxPages; page++) {
    const answer = await repository.connection.request(
      { method: 'GET', target, scopes: pullScope(repository), expected: [200, 404] },
      ctx,
    );
    if (answer.status === 404) {
      await drain(answer.body);
      found.push(...(await readReferrersTag(repository, subject, ctx)));
      break;
    }
    const bytes = await readBounded(answer, maxManifestBytes, registry, ctx);
    const name = `The referrers of ${subject} in ${registry}/${repository.name}`;
    found.push(...(parseManifest(bytes, mediaTypes.index, name).value as IndexManifest).manifests);
    target = nextPage(answer, registry);
  }
  // "the client SHOULD filter": a registry need not, and the tag cannot.
  return artifactType ? found.filter((entry) => entry.artifactType === artifactType) : found;
}
