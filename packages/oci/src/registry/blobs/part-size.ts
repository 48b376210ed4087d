/** How large the parts of an upload may be, in bytes. */
export interface PartLimits {
  /** Infinity: a whole blob in one request. */
  readonly maxBytes: number;
}

/** Smaller parts than this would be all overhead; a proxy that does not let them pass is set up wrongly. */
const smallestPartBytes = 256 * 1024;

/** @param minPartBytes what the registry takes at least, but for the last part */
export function nextPartBytes(leftBytes: number, { maxBytes }: PartLimits, minPartBytes: number): number {
  return Math.min(leftBytes, Math.max(maxBytes, minPartBytes));
}

/** After a "413 Content Too Large", as proxies give it. @returns undefined when smaller parts make no sense */
export function smallerParts({ maxBytes }: PartLimits, triedBytes: number): PartLimits | undefined {
  const tooLargeBytes = Math.min(maxBytes, triedBytes);
  if (tooLargeBytes <= smallestPartBytes) return undefined;
  return { maxBytes: Math.max(smallestPartBytes, Math.floor(tooLargeBytes / 2)) };
}
