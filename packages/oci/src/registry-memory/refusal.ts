import type { Answer } from './call.ts';

export interface RefusedItem {
  readonly code: string;
  readonly message: string;
  readonly detail?: unknown;
}

/** An answer that is an error. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes */
export class Refusal extends Error {
  readonly status: number;
  readonly items: readonly RefusedItem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    errors: string | readonly RefusedItem[],
    message = '',
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.items = typeof errors === 'string' ? [{ code: errors, message }] : errors;
    this.headers = headers;
  }

  answer(): Answer {
    const headers = { 'content-type': 'application/json', ...this.headers };
    return { status: this.status, headers, body: Buffer.from(JSON.stringify({ errors: this.items })) };
  }
}

/** What stands before a registry answers with a page for people. */
export class ProxyRefusal extends Refusal {
  override answer(): Answer {
    const page = `<html><head><title>${this.status} ${this.message}</title></head></html>\r\n`;
    return { status: this.status, headers: { 'content-type': 'text/html' }, body: Buffer.from(page) };
  }
}
