import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../errors/message-of.ts';
import type { Answer } from './call.ts';
import type { Fault, FaultPlan } from './fault.ts';
import { faultBefore } from './fault-before.ts';
import type { RecordedRequest } from './memory-registry.ts';
import {
  type BodyOptions,
  ConnectionDropped,
  checkLength,
  drainBody,
  hasBody,
  receivedBody,
} from './received-body.ts';
import { Refusal } from './refusal.ts';
import type { RegistryState } from './registry-state.ts';
import { sendAnswer } from './send-answer.ts';
import { serveCall } from './serve-call.ts';
import { spoiledAnswer } from './spoiled-answer.ts';

/** A recorded request while it is under way. */
export type RequestRecord = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] };

/** Serves one request, and does to it what the plan says. */
export async function serveRequest(
  registry: RegistryState,
  request: IncomingMessage,
  response: ServerResponse,
  record: RequestRecord,
  fault: Fault | undefined,
): Promise<void> {
  if (fault?.kind === 'drop-request' && (fault.afterBytes === 0 || !hasBody(request))) {
    request.socket.destroy();
    return;
  }
  const options: BodyOptions = {
    onReceived: (sizeBytes) => {
      record.bodyBytes += sizeBytes;
    },
    ...(registry.quirks.maxChunkBytes === undefined ? {} : { maxBytes: registry.quirks.maxChunkBytes }),
    ...(fault?.kind === 'drop-request' ? { dropAfterBytes: fault.afterBytes } : {}),
  };
  try {
    const answer = await answerTo(registry, request, options, fault);
    // Refused, or done without its body.
    if (fault?.kind === 'drop-request') throw new ConnectionDropped();
    await drainBody(request, options);
    record.status = answer.status;
    const dropAfterBytes = fault?.kind === 'drop-response' ? fault.afterBytes : undefined;
    if (!(await sendAnswer(response, spoiledAnswer(answer, fault), dropAfterBytes))) record.status = 0;
  } catch {
    // Whoever has gone cannot be told, and whoever is there should not wait.
    request.socket.destroy();
  }
}

async function answerTo(
  registry: RegistryState,
  request: IncomingMessage,
  options: BodyOptions,
  fault: Fault | undefined,
): Promise<Answer> {
  const { method = 'GET', headers } = request;
  const arrival = { method, url: urlOf(request, registry), headers };
  try {
    checkLength(request, options);
    await faultBefore(fault, registry, arrival);
    return await serveCall(registry, { ...arrival, body: receivedBody(request, options) });
  } catch (error) {
    if (error instanceof Refusal) return error.answer();
    if (error instanceof ConnectionDropped || request.errored) throw error;
    return new Refusal(500, 'UNKNOWN', messageOf(error)).answer();
  }
}

function urlOf({ url = '/' }: IncomingMessage, { origin }: RegistryState): URL {
  return URL.canParse(url, origin) ? new URL(url, origin) : new URL('/', origin);
}

export function recordOf(request: IncomingMessage): RequestRecord {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(headers),
    bodyBytes: 0,
    status: 0,
  };
}

export function faultOf(
  plan: FaultPlan | undefined,
  { method, path }: RecordedRequest,
  index: number,
): Fault | undefined {
  return plan?.next({ method, path, index });
}
