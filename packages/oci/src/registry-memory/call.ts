import type { IncomingHttpHeaders } from 'node:http';
import type { ByteStream } from '../layer/byte-stream.ts';
import type { RegistryState } from './registry-state.ts';

/** A request to one repository. */
export interface Call {
  readonly registry: RegistryState;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** As it comes; may end in an error when the connection does. */
  readonly body: ByteStream;
  /** The repository's. */
  readonly name: string;
  /** A tag, a digest or a session ID, by the place where it stands; "" where there is none. */
  readonly reference: string;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. Content-Length follows from the body. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** @throws Refusal */
export type Handler = (call: Call) => Answer | Promise<Answer>;
