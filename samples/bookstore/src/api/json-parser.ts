import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problem/problem-error.ts';

/**
 * Takes JSON and nothing else. Keys that would change an object's prototype are refused, as Fastify does, and so
 * is a key that is given twice: programs differ in which of the two they read, and one that checks a request may
 * not see what the one that acts on it sees. https://www.rfc-editor.org/rfc/rfc8259#section-4
 */
export function takeOnlyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    parse(request, text, (error, body) => {
      if (!error && countKeys(body) !== countWrittenKeys(text))
        done(new ProblemError(400, 'A key is given twice in the same object.'));
      else done(error, body);
    });
  });
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum, part) => sum + countKeys(part), own);
}

/** In a text that is JSON, every string that is followed by a colon is a key. */
function countWrittenKeys(text: string): number {
  return text
    .matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)
    .filter(([, colon]) => colon !== undefined)
    .toArray().length;
}
