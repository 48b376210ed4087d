import type { Credential } from '../credentials/credentials.ts';

/** RFC 7617. A refresh token is of no use here. */
export function basicHeader(credential: Credential | undefined): string | undefined {
  if (!credential || !('username' in credential)) return undefined;
  const pair = Buffer.from(`${credential.username}:${credential.password}`, 'utf8');
  return `Basic ${pair.toString('base64')}`;
}
