import type { Fault } from '@catamaran/oci';

/** What the program ends with; 0 is success. After a signal it is 128 and the signal's number, as shells have it. */
export const exitCodes = {
  findings: 1,
  user: 2,
  remote: 3,
  machine: 4,
  tool: 70,
} as const satisfies Record<Fault | 'findings', number>;
