import type { Credential } from './credentials.ts';

/** What an auth file says of one registry or namespace; `auth` is the base64 of "user:password". */
export interface AuthEntry {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

/**
 * An identity token goes before `auth`, and that before `username` and `password`, as in Docker.
 * @returns undefined when the entry is empty, as those are that Docker writes beside a credential helper;
 * "broken" when its `auth` cannot be decoded
 */
export function credentialOf(entry: AuthEntry): Credential | undefined | 'broken' {
  if (entry.identitytoken) return { identityToken: entry.identitytoken };
  if (entry.auth) return decodeAuth(entry.auth) ?? 'broken';
  return entry.username ? loginOf(entry.username, entry.password ?? '') : undefined;
}

/** The user name "<token>" says that the password is an identity token. */
export function loginOf(username: string, password: string): Credential {
  return username === '<token>' ? { identityToken: password } : { username, password };
}

/** @returns undefined when it is not the base64 of "user:password"; the password may hold colons. */
export function decodeAuth(auth: string): Credential | undefined {
  const base64 = auth.trim();
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) return undefined;
  const text = Buffer.from(base64, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return undefined;
  // Some writers fill the block up with zeros, which Docker strips, too.
  return loginOf(text.slice(0, colon), text.slice(colon + 1).replace(/^\0+|\0+$/g, ''));
}
