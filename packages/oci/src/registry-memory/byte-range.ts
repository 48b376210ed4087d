import { Refusal } from './refusal.ts';

/** Both ends are part of it. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The one range that a request is for; undefined when it is for all, or for what may be taken for that: several ranges,
 * other units (RFC 9110 § 14.2).
 * @throws Refusal when there is nothing there
 */
export function byteRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  const first = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (first <= last) return { first, last };
  throw new Refusal(416, 'SIZE_INVALID', 'the blob has no such bytes', {
    'content-range': `bytes */${sizeBytes}`,
  });
}
