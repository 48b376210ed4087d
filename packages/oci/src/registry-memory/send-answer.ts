import type { ServerResponse } from 'node:http';
import type { Answer } from './call.ts';

/**
 * Answers.
 * @param dropAfterBytes destroys the socket after so much of the body, or before the head when that is 0 or all of it
 * @returns whether the client can have seen all of it
 */
export async function sendAnswer(
  response: ServerResponse,
  { status, headers, body = Buffer.alloc(0) }: Answer,
  dropAfterBytes: number | undefined,
): Promise<boolean> {
  const isEmpty = response.req.method === 'HEAD' || status === 204;
  const bodyBytes = isEmpty ? 0 : body.byteLength;
  if (dropAfterBytes !== undefined && (dropAfterBytes === 0 || dropAfterBytes >= bodyBytes)) {
    response.socket?.destroy();
    return false;
  }
  const length = status === 204 ? {} : { 'content-length': String(body.byteLength) };
  response.writeHead(status, { 'docker-distribution-api-version': 'registry/2.0', ...length, ...headers });
  if (dropAfterBytes === undefined) {
    response.end(isEmpty ? undefined : body);
    return true;
  }
  await new Promise<void>((resolve) => response.write(body.subarray(0, dropAfterBytes), () => resolve()));
  response.socket?.destroy();
  return false;
}
