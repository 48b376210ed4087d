/** https://nodejs.org/api/errors.html#common-system-errors and undici's own codes, in words. */
const kinds: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  UND_ERR_SOCKET: 'connection closed',
  ECONNABORTED: 'connection closed',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found',
  EADDRNOTAVAIL: 'no free local port',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
};

/** The name under which a failed request is counted: one of a few, so that a report can list them. */
export function failureKind(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('HPE_')) return 'not HTTP';
  return kinds[code] ?? (code || 'other');
}
