import type { CheckCache } from '../scan/layer-scan.ts';

/** Keeps nothing. */
export const noCache: CheckCache = {
  getScan: async () => undefined,
  putScan: async () => {},
  getReport: async () => undefined,
  putReport: async () => {},
};
