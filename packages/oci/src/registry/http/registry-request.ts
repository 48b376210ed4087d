import type { ByteStream } from '../../layer/byte-stream.ts';
import type { Scope } from '../auth/scope.ts';

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RegistryRequest {
  readonly method: Method;
  /** A path with its query, or an address that the registry has given. */
  readonly target: string | URL;
  readonly scopes: readonly Scope[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Opened anew each time that the request is sent. */
  body?(): Uint8Array | ByteStream;
  /** Statuses that are an answer; any other is an error. */
  readonly expected: readonly number[];
  /** Whether it may be sent again when it fails in a way that may pass; true unless told. */
  readonly retry?: boolean;
  /** How long the answer may take to begin once all is sent; a minute unless told. */
  readonly answerTimeoutMs?: number;
}

/** A request whose address is known. */
export type AddressedRequest = RegistryRequest & { readonly target: URL };
