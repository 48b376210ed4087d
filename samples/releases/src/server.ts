import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import { describeLine, type ScheduledLine } from './release-line.ts';
import schedule from './schedule.json' with { type: 'json' };

interface Answer {
  readonly contentType: string;
  readonly body: string;
}

/** The whole service but for the socket that it listens on. @param now milliseconds since 1970 */
export function createReleasesServer(now: () => number): Server {
  const { source, lines }: { readonly source: string; readonly lines: readonly ScheduledLine[] } = schedule;
  const routes: ReadonlyMap<string, () => Answer> = new Map([
    ['/healthz', () => ({ contentType: 'text/plain', body: 'Healthy' })],
    ['/releases', () => json({ source, releases: lines.map((line) => describeLine(line, now())) })],
  ]);
  return createServer(answerFrom(routes));
}

function answerFrom(routes: ReadonlyMap<string, () => Answer>): RequestListener {
  return ({ method = '', url = '' }, response) => {
    const send = (status: number, { contentType, body }: Answer) => {
      const headers = { 'content-type': contentType, 'content-length': Buffer.byteLength(body) };
      response.writeHead(status, headers).end(method === 'HEAD' ? undefined : body);
    };
    const route = routes.get(url.split('?')[0] ?? '');
    if (!route) return send(404, problem(404, `There is no route ${method} ${url}.`));
    if (method === 'GET' || method === 'HEAD') return send(200, route());
    response.setHeader('allow', 'GET, HEAD');
    send(405, problem(405, `${method} is not allowed here.`));
  };
}

function json(value: unknown): Answer {
  return { contentType: 'application/json', body: JSON.stringify(value) };
}

/** https://www.rfc-editor.org/rfc/rfc9457 */
function problem(status: number, detail: string): Answer {
  const { body } = json({ type: 'about:blank', title: STATUS_CODES[status], status, detail });
  return { contentType: 'application/problem+json', body };
}
