/** PostgreSQL's classes of codes for a lost connection, too many of them, and a server that stops or starts. */
const sqlStates = /^(08|53300|57P0)/;

/** Node's names for a server that cannot be reached, or is not there any more. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  'ENOENT', // a socket in the file system
]);

/** Whether an error says that the database cannot be reached now, and might be later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (networkCodes.has(code) || sqlStates.test(code)) return true;
  // Of pg and its pool, without a code.
  return /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/.test(
    error.message,
  );
}
