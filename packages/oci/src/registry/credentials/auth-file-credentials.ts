import type { Context } from '../../context/context.ts';
import { credentialOf } from './auth-entry.ts';
import type { AuthFile } from './auth-file.ts';
import type { HelperQuestion } from './credential-helper.ts';
import type { Credential, CredentialSource } from './credentials.ts';
import { credentialErrors } from './errors.ts';
import { canonicalRegistry, matchesInScope } from './registry-name.ts';

export interface AuthFileOptions {
  /** A quoted path, or the name of a variable. */
  readonly place: string;
  read(ctx: Context): Promise<AuthFile | undefined>;
  ask(question: HelperQuestion, ctx: Context): Promise<Credential | undefined>;
}

/**
 * A registry's own helper is asked before the store for all, as in Docker; what the helper does not know may
 * still stand in `auths`.
 * @throws what reading and asking throw; CATA_CREDENTIAL_FILE_INVALID for an `auth` that cannot be decoded
 */
export function authFileCredentials({ place, read, ask }: AuthFileOptions): CredentialSource {
  return {
    async find(registry, repository, ctx) {
      const file = await read(ctx);
      if (!file) return undefined;
      const [own] = matchesInScope(file.credHelpers, registry, repository);
      // An empty name means: no helper for this one.
      const name = own ?? file.credsStore;
      const question = { name: name ?? '', registry: canonicalRegistry(registry), place };
      return (name ? await ask(question, ctx) : undefined) ?? findInAuths(file, registry, repository, place);
    },
  };
}

function findInAuths(
  file: AuthFile,
  registry: string,
  repository: string,
  place: string,
): Credential | undefined {
  for (const entry of matchesInScope(file.auths, registry, repository)) {
    const credential = credentialOf(entry);
    if (credential === 'broken') {
      const reason = `its "auth" for "${registry}" is not the base64 of user:password`;
      throw credentialErrors.CATA_CREDENTIAL_FILE_INVALID({ place, reason });
    }
    if (credential) return credential;
  }
  return undefined;
}
