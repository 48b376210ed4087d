import { Agent, request } from 'undici';

/** A health check's answer is short; what is longer is cut off. */
const longestBodyBytes = 1024 * 1024;

export interface FetchedResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** One GET on a connection of its own, which is closed afterwards. */
export async function fetchOnce(
  url: string,
  timeoutMs: number,
  cancel: AbortSignal,
): Promise<FetchedResponse> {
  // Timers take whole milliseconds only.
  const wholeMs = Math.max(1, Math.ceil(timeoutMs));
  const connections = new Agent({ pipelining: 0, connectTimeout: wholeMs });
  const timeout = AbortSignal.timeout(wholeMs);
  try {
    const signal = AbortSignal.any([timeout, cancel]);
    const response = await request(url, { dispatcher: connections, signal });
    const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
    const body = await readBody(response.body);
    return { status: response.statusCode, headers: Object.fromEntries(headers), body };
  } catch (cause) {
    if (timeout.aborted) throw new Error(`no response from ${url} within ${wholeMs} ms`, { cause });
    throw cause;
  } finally {
    await connections.destroy();
  }
}

async function readBody(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes >= longestBodyBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, longestBodyBytes).toString('utf8');
}
