import type { Dispatcher } from 'undici';
import { quotable } from '../../model/quotable.ts';
import { withoutSecrets } from './secrets.ts';

/** What a registry answered with, its body still to be read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Dispatcher.ResponseData['body'];
  /** Where it came from in the end, after redirects. */
  readonly url: URL;
}

/** What a registry said when it did not do what it was asked. */
export interface Refusal {
  readonly status: number;
  /** As `NAME_UNKNOWN`; "" when there is none. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes */
  readonly code: string;
  /** For people: status, code and message on one line. */
  readonly text: string;
}

/** Nobody needs to say more to explain an error. */
const maxRefusalBytes = 64 * 1024;

/**
 * Reads the error that a registry answered with.
 * @param secrets never to be shown, should the registry repeat them
 */
export async function readRefusal({ status, body }: Answer, secrets: readonly string[]): Promise<Refusal> {
  const said = await readStart(body);
  const { code, message } = firstError(said) ?? { code: '', message: said };
  const shown = withoutSecrets(quotable(withoutSecrets(message, secrets)).replace(/\.$/, ''), secrets);
  const parts = [withoutSecrets(code, secrets), shown];
  const words = parts.filter(Boolean).join(', ');
  return { status, code, text: words ? `${status} ${words}` : String(status) };
}

function firstError(text: string): { readonly code: string; readonly message: string } | undefined {
  try {
    const [first] = (JSON.parse(text) as { errors: readonly { code?: unknown; message?: unknown }[] }).errors;
    const code = /^[\w-]{1,64}$/.exec(String(first?.code ?? ''))?.[0] ?? '';
    const message = typeof first?.message === 'string' ? first.message : '';
    return code || message ? { code, message } : undefined;
  } catch {
    return undefined;
  }
}

async function readStart(body: Answer['body']): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk as Uint8Array);
      sizeBytes += (chunk as Uint8Array).byteLength;
      if (sizeBytes > maxRefusalBytes) break;
    }
  } catch {
    // What has come says more than that the rest has not.
  } finally {
    body.on('error', () => {}).destroy();
  }
  return Buffer.concat(chunks).toString('utf8');
}
