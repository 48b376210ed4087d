import { createHash } from 'node:crypto';
import { ociErrors } from '../errors/errors.ts';

declare const brand: unique symbol;

/** The digest of some bytes. https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests */
export type Digest = `sha256:${string}` & { readonly [brand]: 'Digest' };

export function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value);
}

/** @throws CATA_DIGEST_INVALID */
export function parseDigest(text: string): Digest {
  if (!isDigest(text)) throw ociErrors.CATA_DIGEST_INVALID({ text });
  return text;
}

export function digestOf(bytes: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest;
}

/** The 64 hexadecimal digits, as they name a blob's file in a layout. */
export function digestHex(digest: Digest): string {
  return digest.slice('sha256:'.length);
}

/** A digest that grows with the bytes that pass. */
export class Digester {
  readonly #hash = createHash('sha256');
  #sizeBytes = 0;

  update(chunk: Uint8Array): this {
    this.#hash.update(chunk);
    this.#sizeBytes += chunk.byteLength;
    return this;
  }

  /** Ends the digest; `update` may not be called again. */
  digest(): Digest {
    return `sha256:${this.#hash.digest('hex')}` as Digest;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }
}
