import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
// biome-ignore lint/correctness/noUndeclaredDependencies: for tests only, and those have it from the root.
import { onTestFinished } from 'vitest';
import type { Credential } from '../../registry/credentials/credentials.ts';
import type { RegistryOptions } from '../../registry/registry-options.ts';
import { makeCertificate } from '../certificate.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { startTokenServer } from '../token-server/start-token-server.ts';
import type { TokenServer, TokenUser } from '../token-server/token-server.ts';
import { type DockerRegistryOptions, startDockerRegistry } from './start-docker-registry.ts';

/** How a registry is entered: by everybody; with a password, without TLS; with a token, with TLS. */
export const protections = ['nothing', 'htpasswd', 'tokens'] as const;
export type Protection = (typeof protections)[number];

/** May do everything; with tokens there is `gast`, too, who may only pull. */
export const otto = { username: 'otto', password: 'geheim' } as const;
export const gast = { username: 'gast', password: 'offen' } as const;
/** Otto's password by bcrypt. */
const htpasswdLine = 'otto:$2y$04$JqwOXzLZH1rU85u5h3z8F.vWamZHUn/RmkuSNc9YSk0wb7ZjeQCYK\n';

export interface StartedDockerRegistry {
  /** "127.0.0.1:41234" */
  readonly address: string;
  /** For a store, as Otto unless told; waits between attempts are short. */
  optionsFor(credential?: Credential | 'nobody'): RegistryOptions;
  /** For skopeo, as Otto. @param side what begins the names of its flags: "", "src-" or "dest-" */
  skopeoFlags(side: '' | 'src-' | 'dest-'): readonly string[];
  /** Where there is one. */
  readonly tokenServer: TokenServer | undefined;
}

/** A real registry that is gone when the test has finished. Needs `docker-registry`, for tokens `openssl`, too. */
export async function startedDockerRegistry(
  protection: Protection,
  more: Pick<DockerRegistryOptions, 'canDelete'> = {},
): Promise<StartedDockerRegistry> {
  const folder = temporaryFolder();
  const certificate = protection === 'tokens' ? makeCertificate('127.0.0.1') : undefined;
  const tokenServer = certificate && (await startTokenServer({ certificate, users }));
  const htpasswd = join(folder, 'htpasswd');
  writeFileSync(htpasswd, htpasswdLine);
  const registry = await startDockerRegistry(folder, {
    ...more,
    ...(protection === 'htpasswd' ? { htpasswd } : {}),
    ...(certificate ? { tls: certificate } : {}),
    ...(certificate && tokenServer ? { tokens: { ...tokenServer, certFile: certificate.certFile } } : {}),
  });
  onTestFinished(async () => {
    await registry[Symbol.asyncDispose]();
    await tokenServer?.[Symbol.asyncDispose]();
  });
  return {
    address: registry.address,
    tokenServer,
    optionsFor: (credential = otto) => ({
      retry: { firstWaitMs: 1 },
      ...(certificate ? { ca: [certificate.cert] } : {}),
      ...(protection === 'nothing' || credential === 'nobody'
        ? {}
        : { credentials: { find: async () => credential } }),
    }),
    skopeoFlags: (side) => [
      certificate ? `--${side}cert-dir=${dirname(certificate.certFile)}` : `--${side}tls-verify=false`,
      ...(protection === 'nothing' ? [] : [`--${side}creds=${otto.username}:${otto.password}`]),
    ],
  };
}

const users = new Map<string, TokenUser>([
  [
    otto.username,
    { ...otto, identityToken: 'ottos-refresh-token', actionsIn: () => ['pull', 'push', 'delete'] },
  ],
  [gast.username, { ...gast, actionsIn: () => ['pull'] }],
]);
