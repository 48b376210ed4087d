import { createImage } from '@catamaran/oci';
import type { BaseSource } from '../base-source.ts';

/** Nothing at all: what is put on it has to bring everything. */
export function scratchBase(sourceDateEpoch: number): BaseSource {
  const created = new Date(sourceDateEpoch * 1000).toISOString();
  return {
    subject: 'scratch',
    resolve: (platform) => createImage({ platform, parts: [], execution: {}, created }),
    origin: async () => ({}),
  };
}
