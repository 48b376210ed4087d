import type { Context } from '../../context/context.ts';

/** A registry's user and password, or the refresh token that a `docker login` was answered with. */
export type Credential =
  | { readonly username: string; readonly password: string }
  | { readonly identityToken: string };

export interface CredentialSource {
  /**
   * @param registry host with its port, "docker.io" for Docker Hub
   * @param repository path without the host, such as "library/debian"
   * @returns undefined when it knows none: anonymous
   */
  find(registry: string, repository: string, ctx: Context): Promise<Credential | undefined>;
}

/** What a process was started with, given by whoever may read it. */
export interface CredentialEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the user's home folder. */
  readonly homeFolder: string;
}
