import type { Fault, FaultPlan } from '../fault.ts';

/** One fault, for the first request with this method whose path has this in it. */
export function faultAt(method: string, part: string, fault: Fault): FaultPlan {
  let isLeft = true;
  return {
    next(request) {
      if (!isLeft || request.method !== method || !request.path.includes(part)) return undefined;
      isLeft = false;
      return fault;
    },
  };
}
