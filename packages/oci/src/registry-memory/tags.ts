import type { Answer, Call } from './call.ts';
import { Refusal } from './refusal.ts';
import { locationOf, repositoryOf } from './registry-state.ts';

const defaultPageSize = 100;

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags */
export function listTags({ registry, name, url }: Call): Answer {
  const { tags } = repositoryOf(registry, name);
  if (!registry.repositories.has(name)) {
    throw new Refusal(404, [
      { code: 'NAME_UNKNOWN', message: 'repository name not known to registry', detail: { name } },
    ]);
  }
  const n = askedNumber(url.searchParams.get('n'));
  const count = Math.min(n ?? Number.POSITIVE_INFINITY, registry.quirks.pageSize ?? defaultPageSize);
  const last = url.searchParams.get('last');
  const sorted = [...tags.keys()].sort(lexically);
  const left = last === null ? sorted : sorted.filter((tag) => lexically(tag, last) > 0);
  const page = left.slice(0, count);
  const end = page.at(-1);
  const next = new URLSearchParams({ ...(n === undefined ? {} : { n: String(n) }), last: end ?? '' });
  const path = locationOf(registry, `/v2/${name}/tags/list?${next}`);
  const link = end !== undefined && page.length < left.length ? { link: `<${path}>; rel="next"` } : {};
  const body = Buffer.from(JSON.stringify({ name, tags: page }));
  return { status: 200, headers: { 'content-type': 'application/json', ...link }, body };
}

function askedNumber(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Refusal(400, 'PAGINATION_NUMBER_INVALID', 'invalid number of results requested');
}

/** "case-insensitive alphanumeric order" */
function lexically(a: string, b: string): number {
  return compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
