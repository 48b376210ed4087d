import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Context } from '../context/context.ts';
import { messageOf } from '../errors/message-of.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import type { EngineAddress } from './engine-address.ts';

/** What an engine answered. */
interface EngineAnswer {
  readonly status: number;
  readonly text: string;
}

/** How one engine is spoken to. https://docs.docker.com/reference/api/engine/ */
export interface EngineConnection extends AsyncDisposable {
  get(path: string, ctx: Context): Promise<EngineAnswer>;
  /** Sends a tar archive, however long the engine takes with it. */
  postTar(path: string, tar: ByteStream, ctx: Context): Promise<EngineAnswer>;
}

/** On the same machine or near it: who does not answer such a question in that time does not answer. */
const answerMs = 10_000;
/** More of an answer is of no use to anybody. */
const maxAnswerBytes = 4 * 1024 * 1024;

export async function connectEngine({ socketPath, origin, tls }: EngineAddress): Promise<EngineConnection> {
  // Most of what takes this package to load; see registry/http/dispatcher.ts.
  const { Agent } = await import('../undici.ts');
  const agent = new Agent({
    connect: { timeout: answerMs, ...(socketPath === undefined ? {} : { socketPath }), ...tls },
    allowH2: false,
    pipelining: 0,
  });
  const send = async (options: Omit<Dispatcher.RequestOptions, 'origin'>, ctx: Context) => {
    try {
      const { statusCode, body } = await agent.request({ origin, signal: ctx.signal, ...options });
      return { status: statusCode, text: await bounded(body) };
    } catch (cause) {
      ctx.signal.throwIfAborted();
      throw cause;
    }
  };
  return {
    get: (path, ctx) => send({ method: 'GET', path, headersTimeout: answerMs, bodyTimeout: answerMs }, ctx),
    postTar: (path, tar, ctx) =>
      send(
        {
          method: 'POST',
          path,
          headers: { 'content-type': 'application/x-tar' },
          // Any async iterable is sent as it comes; the types know only Node's own streams.
          body: tar as unknown as Readable,
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        ctx,
      ),
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}

/** Why an engine cannot be spoken to, in words for people. */
export function connectionReason(error: unknown): string {
  const codes: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such socket',
    ENOTDIR: 'there is no such socket',
    ECONNREFUSED: 'nobody listens there',
    EACCES: 'you may not use it (permission denied)',
    UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
    UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
  };
  const { code = '' } = error as NodeJS.ErrnoException;
  return codes[code] ?? (messageOf(error) || code);
}

async function bounded(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += (chunk as Buffer).byteLength;
    if (sizeBytes <= maxAnswerBytes) chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
