import type { IncomingMessage } from 'node:http';
import type { ByteStream } from '../layer/byte-stream.ts';
import { ProxyRefusal } from './refusal.ts';

/** The connection is to end here, without an answer. */
export class ConnectionDropped extends Error {}

export interface BodyOptions {
  /** Larger ones are refused. */
  readonly maxBytes?: number;
  /** Ends in ConnectionDropped when so much has come, or all. */
  readonly dropAfterBytes?: number;
  onReceived(sizeBytes: number): void;
}

/** The body of a request as it comes. @throws ConnectionDropped, Refusal, and what Node throws when the client goes */
export async function* receivedBody(request: IncomingMessage, options: BodyOptions): ByteStream {
  const { maxBytes = Number.POSITIVE_INFINITY, dropAfterBytes } = options;
  let sizeBytes = 0;
  // A refused request still wants its answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as ByteStream) {
    const wanted = chunk.subarray(0, (dropAfterBytes ?? Number.POSITIVE_INFINITY) - sizeBytes);
    options.onReceived(wanted.byteLength);
    sizeBytes += wanted.byteLength;
    if (sizeBytes > maxBytes) throw tooLarge();
    if (wanted.byteLength > 0) yield wanted;
    if (sizeBytes === dropAfterBytes) break;
  }
  if (dropAfterBytes === undefined) return;
  throw new ConnectionDropped();
}

/** Whoever stands before the registry sees the length first. @throws Refusal */
export function checkLength({ headers }: IncomingMessage, { maxBytes }: BodyOptions): void {
  if (maxBytes !== undefined && Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
}

function tooLarge(): ProxyRefusal {
  return new ProxyRefusal(413, 'SIZE_INVALID', 'Request Entity Too Large');
}

/** Whether a body is to come. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Reads what nobody wanted, so that the client can finish sending and read the answer. */
export async function drainBody(request: IncomingMessage, { onReceived }: BodyOptions): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as ByteStream) {
    onReceived(chunk.byteLength);
  }
}
