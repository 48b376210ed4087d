import type { AuthEntry } from './auth-entry.ts';
import { credentialErrors } from './errors.ts';

/** Docker's config.json or Podman's auth.json, as far as it is about credentials. */
export interface AuthFile {
  readonly auths: ReadonlyMap<string, AuthEntry>;
  /** Registry → the name of the helper to ask about it. */
  readonly credHelpers: ReadonlyMap<string, string>;
  /** The helper for all other registries. */
  readonly credsStore?: string;
}

type Complain = (reason: string) => Error;

/**
 * An empty text is an empty file.
 * @param place for the error: a quoted path, or the name of a variable
 * @throws CATA_CREDENTIAL_FILE_INVALID, without a cause: what JSON.parse says quotes the text, and so secrets
 */
export function parseAuthFile(text: string, place: string): AuthFile {
  const complain: Complain = (reason) => credentialErrors.CATA_CREDENTIAL_FILE_INVALID({ place, reason });
  const file = text.trim() === '' ? {} : objectIn(parseJson(text, complain), 'it', complain);
  const auths = mapIn(file.auths, '"auths"', complain, (entry) => entryIn(entry, complain));
  const credHelpers = mapIn(file.credHelpers, '"credHelpers"', complain, (name) =>
    textIn(name, 'a helper in "credHelpers"', complain),
  );
  const credsStore = textIn(file.credsStore, '"credsStore"', complain);
  return { auths, credHelpers, ...(credsStore ? { credsStore } : {}) };
}

function parseJson(text: string, complain: Complain): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw complain('it is not JSON');
  }
}

function entryIn(value: unknown, complain: Complain): AuthEntry {
  const given = objectIn(value ?? {}, 'an entry of "auths"', complain);
  const names = ['auth', 'username', 'password', 'identitytoken'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = textIn(given[name], `an "${name}" in "auths"`, complain);
      return text ? [[name, text]] : [];
    }),
  );
}

/** In a map, since a registry may be called "constructor". */
function mapIn<T>(
  value: unknown,
  what: string,
  complain: Complain,
  parse: (value: unknown) => T | undefined,
): ReadonlyMap<string, T> {
  const entries = Object.entries(objectIn(value ?? {}, what, complain));
  return new Map(
    entries.flatMap(([key, one]) => {
      const parsed = parse(one);
      return parsed === undefined ? [] : [[key, parsed] as const];
    }),
  );
}

function objectIn(value: unknown, what: string, complain: Complain): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw complain(`${what} is not an object`);
}

function textIn(value: unknown, what: string, complain: Complain): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw complain(`${what} is not a text`);
}
