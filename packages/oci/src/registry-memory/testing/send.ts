import type { MemoryRegistry } from '../memory-registry.ts';

export interface Reply {
  readonly status: number;
  /** By their names in lower case; "" where there is none. */
  readonly header: (name: string) => string;
  readonly bytes: Buffer;
  readonly text: string;
  /** Of the first error; "" where there is none. */
  readonly code: string;
}

export interface SendOptions {
  readonly body?: Uint8Array | string | ReadableStream;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request as it is: redirects are not followed. A path may be a Location. */
export async function send(
  { origin }: Pick<MemoryRegistry, 'origin'>,
  method: string,
  path: string,
  { body, headers = {} }: SendOptions = {},
): Promise<Reply> {
  const response = await fetch(new URL(path, origin), {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body: body as NonNullable<RequestInit['body']>, duplex: 'half' }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString();
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? '',
    bytes,
    text,
    code: /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? '',
  };
}
