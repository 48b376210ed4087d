import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createContext } from '../../context/context.ts';
import { testKey } from '../../testing/ecr-api/signature.ts';
import { startEcrApi } from '../../testing/ecr-api/start-ecr-api.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { defaultCredentials } from './default-credentials.ts';

const ctx = createContext();
const auth = (user: string) => Buffer.from(`${user}:pass`).toString('base64');
const file = (registry: string, user: string) =>
  JSON.stringify({ auths: { [registry]: { auth: auth(user) } } });

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A home folder with Docker's file. */
function home(dockerConfig: unknown = {}) {
  const homeFolder = temporaryFolder();
  const path = join(homeFolder, '.docker', 'config.json');
  write(path, JSON.stringify(dockerConfig));
  return { homeFolder, path };
}

/** A helper that notes every question and knows one user for all registries but those named. */
function installHelper(folder: string, name: string, unknown = 'none'): void {
  const path = join(folder, `docker-credential-${name}`);
  const answer = `printf '{"Username":"${name}","Secret":"pass"}'`;
  const none = 'echo credentials not found in native keychain; exit 1';
  write(
    path,
    `#!/bin/sh\nread -r it || true; echo "$it" >> "${folder}/asked"\n[ "$it" = ${unknown} ] && { ${none}; }\n${answer}\n`,
  );
  chmodSync(path, 0o755);
}

describe('defaultCredentials', () => {
  it('asks in the promised order, and the next when one knows nothing', async () => {
    const { homeFolder } = home();
    const runtime = temporaryFolder();
    const variables: Record<string, string> = { XDG_RUNTIME_DIR: runtime };
    const user = async () => {
      const found = await defaultCredentials({ variables, homeFolder }).find('ghcr.io', 'ada/books', ctx);
      return found && 'username' in found ? found.username : found;
    };
    expect(await user()).toBeUndefined();
    write(join(homeFolder, '.docker', 'config.json'), file('ghcr.io', 'docker'));
    expect(await user()).toBe('docker');
    write(join(homeFolder, '.config', 'containers', 'auth.json'), file('ghcr.io', 'podman in home'));
    expect(await user()).toBe('podman in home');
    write(join(runtime, 'containers', 'auth.json'), file('ghcr.io', 'podman'));
    expect(await user()).toBe('podman');
    variables.REGISTRY_AUTH_FILE = join(homeFolder, 'auth.json');
    expect(await user()).toBe('docker');
    write(variables.REGISTRY_AUTH_FILE, file('ghcr.io', 'auth file'));
    expect(await user()).toBe('auth file');
    variables.DOCKER_AUTH_CONFIG = file('quay.io', 'another');
    expect(await user()).toBe('auth file');
    variables.DOCKER_AUTH_CONFIG = file('ghcr.io', 'text');
    expect(await user()).toBe('text');
    variables.CATAMARAN_REGISTRY = 'quay.io';
    variables.CATAMARAN_REGISTRY_USERNAME = 'own';
    variables.CATAMARAN_REGISTRY_PASSWORD = 'pass';
    expect(await user()).toBe('text');
    variables.CATAMARAN_REGISTRY = 'ghcr.io';
    expect(await user()).toBe('own');
  });

  it('follows DOCKER_CONFIG and XDG_CONFIG_HOME', async () => {
    const { homeFolder } = home();
    const elsewhere = temporaryFolder();
    write(join(elsewhere, 'config.json'), file('https://index.docker.io/v1/', 'docker'));
    write(join(elsewhere, 'containers', 'auth.json'), file('docker.io/ada', 'podman'));
    const source = defaultCredentials({
      variables: { DOCKER_CONFIG: elsewhere, XDG_CONFIG_HOME: elsewhere },
      homeFolder,
    });
    expect(await source.find('docker.io', 'library/debian', ctx)).toMatchObject({ username: 'docker' });
    expect(await source.find('docker.io', 'ada/books', ctx)).toMatchObject({ username: 'podman' });
    expect(await source.find('ghcr.io', 'ada/books', ctx)).toBeUndefined();
  });

  it("asks a registry's own helper, then the store, then the entries", async () => {
    const programs = temporaryFolder();
    installHelper(programs, 'own');
    installHelper(programs, 'store', 'quay.io');
    const { homeFolder } = home({
      credHelpers: { 'ghcr.io': 'own', 'gcr.io': '' },
      credsStore: 'store',
      auths: { 'quay.io': { auth: auth('entry') }, 'gcr.io': { auth: auth('plain') } },
    });
    const source = defaultCredentials({ variables: { PATH: `${programs}:/usr/bin:/bin` }, homeFolder });
    const user = async (registry: string, repository = 'x') => source.find(registry, repository, ctx);
    expect(await user('ghcr.io')).toMatchObject({ username: 'own' });
    expect(await user('docker.io')).toMatchObject({ username: 'store' });
    expect(await user('quay.io')).toMatchObject({ username: 'entry' });
    expect(await user('gcr.io')).toMatchObject({ username: 'plain' });
  });

  it('asks a helper once for each registry, whatever the repository and however many ask', async () => {
    const programs = temporaryFolder();
    installHelper(programs, 'store', 'quay.io');
    const { homeFolder } = home({ credsStore: 'store' });
    write(join(homeFolder, '.config', 'containers', 'auth.json'), '{"credsStore":"store"}');
    const source = defaultCredentials({ variables: { PATH: `${programs}:/usr/bin:/bin` }, homeFolder });
    await Promise.all(['a', 'b', 'c'].map((name) => source.find('ghcr.io', name, ctx)));
    await source.find('quay.io', 'a', ctx);
    await source.find('quay.io', 'b', ctx);
    await source.find('ghcr.io', 'd', ctx);
    expect(readFileSync(join(programs, 'asked'), 'utf8')).toBe('ghcr.io\nquay.io\n');
  });

  it('names a file that is broken, and not what is in it', async () => {
    const { homeFolder, path } = home();
    const find = () => defaultCredentials({ variables: {}, homeFolder }).find('ghcr.io', 'x', ctx);
    for (const text of [
      '{"auths":{"ghcr.io":{"auth":"c2VjcmV0',
      '{"auths":{"ghcr.io":{"auth":"c2VjcmV0"}}}',
    ]) {
      write(path, text);
      const error: unknown = await find().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'CATA_CREDENTIAL_FILE_INVALID',
        fault: 'user',
        message: expect.stringContaining(`"${path}"`),
      });
      expect(JSON.stringify(error)).not.toMatch(/c2VjcmV0|secret/);
    }
    write(path, '{"auths":{"quay.io":{"auth":"c2VjcmV0"}}}');
    expect(await find()).toBeUndefined();
  });

  it('tells a file that cannot be read from one that is not there', async () => {
    const { homeFolder } = home();
    const find = (path: string) =>
      defaultCredentials({ variables: { REGISTRY_AUTH_FILE: path }, homeFolder }).find('ghcr.io', 'x', ctx);
    await expect(find(homeFolder)).rejects.toMatchObject({
      code: 'CATA_CREDENTIAL_FILE_UNREADABLE',
      fault: 'user',
      message: expect.stringContaining(`"${homeFolder}"`),
    });
    expect(await find(join(homeFolder, 'absent'))).toBeUndefined();
    expect(await find(join(homeFolder, '.docker', 'config.json', 'x'))).toBeUndefined();
  });

  it('refuses a file of unreasonable size', async () => {
    const { homeFolder, path } = home();
    write(path, ' '.repeat(4 * 1024 * 1024 + 1));
    const find = defaultCredentials({ variables: {}, homeFolder }).find('ghcr.io', 'x', ctx);
    await expect(find).rejects.toThrow('it is larger than 4 MiB');
  });

  it('reads a file with a byte order mark', async () => {
    const { homeFolder, path } = home();
    write(path, `\ufeff${file('ghcr.io', 'ada')}`);
    const found = await defaultCredentials({ variables: {}, homeFolder }).find('ghcr.io', 'x', ctx);
    expect(found).toEqual({ username: 'ada', password: 'pass' });
  });

  it('goes to AWS for a registry of ECR, unless somebody has logged in there', async () => {
    const api = await startEcrApi({ password: 'from AWS' });
    onTestFinished(() => api[Symbol.asyncDispose]());
    const variables = {
      AWS_ENDPOINT_URL_ECR: api.endpoint,
      AWS_ACCESS_KEY_ID: testKey.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testKey.secretAccessKey,
    };
    const { homeFolder, path } = home();
    const find = () => defaultCredentials({ variables, homeFolder }).find(api.registry, 'books', ctx);
    expect(await find()).toEqual({ username: 'AWS', password: 'from AWS' });
    write(path, file(api.registry, 'AWS'));
    expect(await find()).toEqual({ username: 'AWS', password: 'pass' });
    expect(api.calls).toHaveLength(1);
  });
});

describe('the variables of Catamaran', () => {
  const { homeFolder } = { homeFolder: '/nonexistent' };
  const full = {
    CATAMARAN_REGISTRY: 'https://Index.docker.io/v1/',
    CATAMARAN_REGISTRY_USERNAME: '<token>',
    CATAMARAN_REGISTRY_PASSWORD: 'refresh',
  };
  const find = (variables: Record<string, string>, registry = 'docker.io') =>
    defaultCredentials({ variables, homeFolder }).find(registry, 'library/debian', ctx);

  it('may name the registry in any way, and hold an identity token', async () => {
    expect(await find(full)).toEqual({ identityToken: 'refresh' });
    expect(await find(full, 'ghcr.io')).toBeUndefined();
    expect(await find({ CATAMARAN_REGISTRY: 'docker.io' })).toBeUndefined();
  });

  it.each(['CATAMARAN_REGISTRY', 'CATAMARAN_REGISTRY_USERNAME', 'CATAMARAN_REGISTRY_PASSWORD'])(
    'are said to be incomplete without %s, for that registry',
    async (name) => {
      await expect(find({ ...full, [name]: '' })).rejects.toMatchObject({
        code: 'CATA_CREDENTIAL_VARIABLES_INCOMPLETE',
        message: expect.stringContaining(`lack a value: ${name} is not set`),
      });
    },
  );
});
