/** What goes wrong with one request. Sizes are bytes of a body. */
export type Fault =
  /** Destroys the socket after so much of the request's body, or at its end: upload sessions keep what came. */
  | { readonly kind: 'drop-request'; readonly afterBytes: number }
  /** The work is done; the socket is destroyed after so much of the answer's body. No answer at all when that is 0, or all. */
  | { readonly kind: 'drop-response'; readonly afterBytes: number }
  /** Nothing is done. The code is the usual one for the status unless given. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfterSeconds?: number;
      readonly code?: string;
    }
  /** The body ends early, and Content-Length agrees with it. */
  | { readonly kind: 'truncate-body'; readonly bytes: number }
  /** A bit of the body is flipped. */
  | { readonly kind: 'corrupt-body' }
  /** Docker-Content-Digest, where there is one, is of something else. */
  | { readonly kind: 'wrong-digest-header' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** The upload session that the request is for is forgotten before. */
  | { readonly kind: 'lose-upload' }
  /** The upload session that the request is for loses its last bytes before. */
  | { readonly kind: 'forget-part'; readonly bytes: number };

/** Asked once for each request; undefined means that it is served as it should be. */
export interface FaultPlan {
  /** @param request its path with the query, and its number, from 0 */
  next(request: {
    readonly method: string;
    readonly path: string;
    readonly index: number;
  }): Fault | undefined;
}
