import type { Context } from '../context/context.ts';
import { quoted } from '../model/parse-descriptor.ts';
import { registryErrors } from './errors.ts';
import { nextPage } from './http/next-page.ts';
import { pathOf, pullScope, type Repository } from './repository.ts';

const maxPageBytes = 16 * 1024 * 1024;
/** A repository with more is one whose registry has lost its way. */
const maxTags = 1_000_000;
const perPage = 1000;

/**
 * Every tag of a repository, as the registry orders them, page by page.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags
 * @throws CATA_REPOSITORY_NOT_FOUND, CATA_REGISTRY_TOO_MANY_TAGS, CATA_REGISTRY_…
 */
export async function* listTags(repository: Repository, ctx: Context): AsyncIterable<string> {
  const { registry } = repository.connection;
  let target: string | URL | undefined = pathOf(repository, `tags/list?n=${perPage}`);
  let count = 0;
  let last = '';
  while (target !== undefined) {
    const { answer, bytes } = await repository.connection.read(
      { method: 'GET', target, scopes: pullScope(repository), expected: [200] },
      { maxBytes: maxPageBytes },
      ctx,
    );
    const tags = parseTags(bytes, answer.url, registry);
    yield* tags;
    count += tags.length;
    const end = tags.at(-1) ?? '';
    target = nextPage(answer, registry);
    // A page that brings nothing new, with another one after it, would go on for ever.
    if (count > maxTags || (target !== undefined && (tags.length === 0 || end === last))) {
      throw registryErrors.CATA_REGISTRY_TOO_MANY_TAGS({ registry, repository: repository.name, count });
    }
    last = end;
  }
}

function parseTags(bytes: Uint8Array, url: URL, registry: string): readonly string[] {
  const refuse = (answered: string, cause?: unknown) =>
    registryErrors.CATA_REGISTRY_REFUSED(
      { registry, method: 'GET', path: url.pathname, answer: answered },
      { cause },
    );
  let answer: { readonly tags?: unknown } | null;
  try {
    answer = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw refuse('200 with something else than JSON', cause);
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    throw refuse('200 with something else than a list of tags');
  }
  // Some have null for a repository without tags.
  const tags = answer.tags ?? [];
  if (!Array.isArray(tags)) throw refuse('200 with no list of tags');
  const wrong = tags.find((tag) => typeof tag !== 'string' || !/^[\w][\w.-]{0,127}$/.test(tag));
  if (wrong !== undefined) throw refuse(`200 with the tag ${quoted(wrong)}`);
  return tags as readonly string[];
}
