import type { CredentialSource } from './credentials.ts';

/** What a process was started with, given by whoever may read it. */
export interface CredentialEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the user's home folder. */
  readonly homeFolder: string;
}

export function defaultCredentials(_environment: CredentialEnvironment): CredentialSource {
  return { find: async () => undefined };
}
