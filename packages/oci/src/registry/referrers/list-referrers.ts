import type { Context } from '../../context/context.ts';
import type { Descriptor } from '../../model/descriptor.ts';
import type { Digest } from '../../model/digest.ts';
import type { IndexManifest } from '../../model/manifest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { maxManifestBytes, parseManifest } from '../../model/parse-manifest.ts';
import { registryErrors } from '../errors.ts';
import { nextPage } from '../http/next-page.ts';
import { pullScope, type Repository } from '../repository.ts';
import { referrersPath, withoutReferrersApi } from './referrers-api.ts';
import { readReferrersTag } from './referrers-tag.ts';

/** More than anybody attaches to one image. */
const maxPages = 1000;
/** Of all pages: they are held in memory. */
const maxListBytes = 8 * maxManifestBytes;

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
  let target: string | URL | undefined = `${referrersPath(repository, subject)}${query}`;
  let leftBytes = maxListBytes;
  for (let page = 1; target !== undefined; page++) {
    // A list that has begun is one: what goes wrong further on is not made good by half of it.
    const expected: readonly number[] = page === 1 ? [200, ...withoutReferrersApi] : [200];
    const { answer, bytes } = await repository.connection.read(
      { method: 'GET', target, scopes: pullScope(repository), expected },
      { maxBytes: Math.min(maxManifestBytes, leftBytes) },
      ctx,
    );
    if (answer.status !== 200) {
      for (const entry of await readReferrersTag(repository, subject, ctx)) found.push(entry);
      break;
    }
    const name = `The referrers of ${subject} in ${registry}/${repository.name}`;
    for (const entry of (parseManifest(bytes, mediaTypes.index, name).value as IndexManifest).manifests) {
      found.push(entry);
    }
    leftBytes -= bytes.byteLength;
    target = nextPage(answer, registry);
    if (target !== undefined && page === maxPages) throw endless(registry, answer.url, page);
  }
  // "the client SHOULD filter": a registry need not, and the tag cannot.
  return artifactType ? found.filter((entry) => entry.artifactType === artifactType) : found;
}

function endless(registry: string, { pathname }: URL, pages: number): Error {
  const answer = `200 with more than ${pages} pages`;
  return registryErrors.CATA_REGISTRY_REFUSED({ registry, method: 'GET', path: pathname, answer });
}
