import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createContext } from '../../context/context.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { hasTools, isInPath, runTool } from '../../testing/tools.ts';
import { defaultCredentials } from './default-credentials.ts';

const password = 'p:a ss☃"';

/** A registry that wants a password. @returns its address. */
async function startRegistry(): Promise<string> {
  const folder = temporaryFolder();
  const users = join(folder, 'users');
  // Cost 4: bcrypt is the only form that the registry reads, and need not be strong here.
  writeFileSync(users, runTool('htpasswd', ['-niBC', '4', 'ada'], { input: Buffer.from(password) }));
  const config = {
    version: 0.1,
    log: { level: 'info' },
    storage: { filesystem: { rootdirectory: join(folder, 'registry') } },
    auth: { htpasswd: { realm: 'harbour', path: users } },
    http: { addr: '127.0.0.1:0' },
  };
  const path = join(folder, 'registry.yml');
  writeFileSync(path, JSON.stringify(config));
  const child = spawn('docker-registry', ['serve', path], { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill();
    await exited;
  });
  for await (const line of createInterface(child.stderr)) {
    const [, address] = /listening on (127\.0\.0\.1:\d+)/.exec(line) ?? [];
    if (!address) continue;
    // Its log must not fill the pipe.
    child.stderr.resume();
    return address;
  }
  throw new Error('docker-registry has ended.');
}

/** @returns the path of the auth file that the tool has written. */
function login(tool: string, registry: string): string {
  const authFile = join(temporaryFolder(), 'auth.json');
  const options = ['--tls-verify=false', '--username', 'ada', '--password-stdin'];
  runTool(tool, ['login', '--authfile', authFile, ...options, registry], { input: Buffer.from(password) });
  return authFile;
}

function credentialsIn(authFile: string) {
  return defaultCredentials({ variables: { REGISTRY_AUTH_FILE: authFile }, homeFolder: temporaryFolder() });
}

const podmanIsThere = isInPath('podman');

describe.skipIf(!hasTools('docker-registry', 'htpasswd', 'skopeo'))('a real login', () => {
  it.each(podmanIsThere ? ['skopeo', 'podman'] : ['skopeo'])('by %s is found, and lets in', async (tool) => {
    const address = await startRegistry();
    const found = await credentialsIn(login(tool, address)).find(address, 'bookstore', createContext());
    if (!found || !('username' in found)) throw new Error('No user was found.');
    expect(found).toEqual({ username: 'ada', password });
    const authorization = `Basic ${Buffer.from(`${found.username}:${found.password}`).toString('base64')}`;
    expect((await fetch(`http://${address}/v2/`)).status).toBe(401);
    expect((await fetch(`http://${address}/v2/`, { headers: { authorization } })).status).toBe(200);
  });

  it.runIf(podmanIsThere)('for a namespace serves that namespace only', async () => {
    const address = await startRegistry();
    const source = credentialsIn(login('podman', `${address}/team`));
    expect(await source.find(address, 'team/bookstore', createContext())).toMatchObject({ username: 'ada' });
    expect(await source.find(address, 'teamster/bookstore', createContext())).toBeUndefined();
  });
});
