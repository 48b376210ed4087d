import type { Descriptor } from './descriptor.ts';
import { digestOf } from './digest.ts';

/** A JSON document with the very bytes that its digest is made of: what came in is never serialised again. */
export interface Raw<T> {
  readonly bytes: Uint8Array;
  readonly value: T;
}

/** Serialises once. Key order is the order in which `value` was written down, so it is part of the digest. */
export function rawFromValue<T>(value: T): Raw<T> {
  return { bytes: new TextEncoder().encode(JSON.stringify(value)), value };
}

/** @throws SyntaxError when the bytes are not JSON. */
export function rawFromBytes<T>(bytes: Uint8Array): Raw<T> {
  return { bytes, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as T };
}

export function describeRaw(mediaType: string, raw: Raw<unknown>): Descriptor {
  return { mediaType, digest: digestOf(raw.bytes), size: raw.bytes.byteLength };
}
