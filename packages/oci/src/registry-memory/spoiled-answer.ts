import { digestOf } from '../model/digest.ts';
import type { Answer } from './call.ts';
import type { Fault } from './fault.ts';

/** An answer with what a fault does to its content. */
export function spoiledAnswer(answer: Answer, fault: Fault | undefined): Answer {
  const { body, headers } = answer;
  switch (fault?.kind) {
    case 'truncate-body':
      return body ? { ...answer, body: body.subarray(0, fault.bytes) } : answer;
    case 'corrupt-body':
      return body ? { ...answer, body: corrupt(body) } : answer;
    case 'wrong-digest-header':
      return 'docker-content-digest' in headers
        ? { ...answer, headers: { ...headers, 'docker-content-digest': digestOf('something else') } }
        : answer;
    default:
      return answer;
  }
}

function corrupt(body: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(body);
  const middle = copy.byteLength >> 1;
  if (middle < copy.byteLength) copy[middle] = (copy[middle] ?? 0) ^ 1;
  return copy;
}
