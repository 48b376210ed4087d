export interface RecordedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Names in lower case; several of one name joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of its body, received so far. */
  readonly bodyBytes: number;
  /** 0 while there is none, and when the connection was dropped without one. */
  readonly status: number;
}

/** A registry on loopback that keeps everything in memory, and lets itself be looked at from inside. */
export interface MemoryRegistry extends AsyncDisposable {
  /** "127.0.0.1:41234" */
  readonly address: string;
  /** "http://127.0.0.1:41234" */
  readonly origin: string;
  /** In the order in which they began. */
  readonly requests: readonly RecordedRequest[];
  /** Of all request bodies. */
  readonly receivedBytes: number;
  /** Tag → digest. */
  tags(repository: string): ReadonlyMap<string, string>;
  manifest(repository: string, digest: string): StoredManifest | undefined;
  blob(repository: string, digest: string): Uint8Array | undefined;
  /** The quirk `ecr` needs it. */
  createRepository(name: string): void;
  /** What is wrong, in words: whether every tag's manifest and everything below it is there and has its digest and size. */
  verify(): readonly string[];
  /** Serves bytes under a tag or digest without any check. */
  plantManifest(repository: string, reference: string, mediaType: string, bytes: Uint8Array): void;
  /** Serves bytes under a digest without any check. */
  plantBlob(repository: string, digest: string, bytes: Uint8Array): void;
}

export interface StoredManifest {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}
