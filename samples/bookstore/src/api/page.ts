import type { FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';

/** Which part of a list is asked for. Without parameters, it is the whole list. */
export const PageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'How many, at most.' })),
  cursor: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Where the page before ended, as its Link header says.',
    }),
  ),
});
export type PageQuery = Static<typeof PageQuery>;

/** As the database is asked: rows with an id above `after`, no more than `atMost`. */
export interface Page {
  readonly after: number;
  readonly atMost: number;
}

export function toPage({ limit, cursor = 0 }: PageQuery): Page {
  // One more than was asked for tells whether there is a next page.
  return { after: cursor, atMost: limit === undefined ? Number.MAX_SAFE_INTEGER : limit + 1 };
}

/**
 * The rows of the page. Where there are more, the header `Link` says where.
 * @see https://www.rfc-editor.org/rfc/rfc8288
 */
export function cutPage<Row>(
  rows: Row[],
  idOf: (row: Row) => number,
  request: FastifyRequest<{ Querystring: PageQuery }>,
  reply: FastifyReply,
): Row[] {
  const { limit } = request.query;
  if (limit === undefined || rows.length <= limit) return rows;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const [path] = request.url.split('?', 1);
  if (last !== undefined) reply.header('link', `<${path}?limit=${limit}&cursor=${idOf(last)}>; rel="next"`);
  return page;
}
