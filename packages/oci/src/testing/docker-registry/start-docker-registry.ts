import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface DockerRegistryOptions {
  /** By default nothing can be deleted, as the registry has it. */
  readonly canDelete?: boolean;
  /** Paths of files in PEM; without them, plain HTTP. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** Path of a file with lines of "user:bcrypt". */
  readonly htpasswd?: string;
  /** Who gives out tokens for it. https://distribution.github.io/distribution/about/configuration/#token */
  readonly tokens?: {
    readonly realm: string;
    readonly service: string;
    readonly issuer: string;
    /** Path of the certificates, in PEM, that tokens are signed with. */
    readonly certFile: string;
  };
}

/** The CNCF's registry, on loopback. */
export interface DockerRegistry extends AsyncDisposable {
  /** "127.0.0.1:41234" */
  readonly address: string;
}

/** Starts `docker-registry`, which keeps what it is given in `folder`. */
export async function startDockerRegistry(
  folder: string,
  options: DockerRegistryOptions = {},
): Promise<DockerRegistry> {
  const path = join(folder, 'registry.yml');
  // YAML, as all JSON is.
  writeFileSync(path, JSON.stringify(configOf(folder, options)));
  const child = spawn('docker-registry', ['serve', path], { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  const said: string[] = [];
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      said.push(line);
      const [, found] = /listening on (127\.0\.0\.1:\d+)/.exec(line) ?? [];
      if (found) resolve(found);
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`docker-registry has ended:\n${said.join('\n')}`)));
  });
  return {
    address,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await exited;
    },
  };
}

function configOf(folder: string, { canDelete = false, tls, ...protection }: DockerRegistryOptions) {
  return {
    version: 0.1,
    log: { level: 'info', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'registry') }, delete: { enabled: canDelete } },
    http: {
      // Port 0: any free one, which it then tells.
      addr: '127.0.0.1:0',
      ...(tls ? { tls: { certificate: tls.certFile, key: tls.keyFile } } : {}),
    },
    ...authOf(protection),
  };
}

function authOf({ htpasswd, tokens }: Pick<DockerRegistryOptions, 'htpasswd' | 'tokens'>) {
  if (htpasswd) return { auth: { htpasswd: { realm: 'harbour', path: htpasswd } } };
  if (!tokens) return {};
  const { certFile: rootcertbundle, realm, service, issuer } = tokens;
  return { auth: { token: { realm, service, issuer, rootcertbundle } } };
}
