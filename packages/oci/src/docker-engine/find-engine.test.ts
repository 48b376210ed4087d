import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContext } from '../context/context.ts';
import { parsePlatform, platforms } from '../model/platform.ts';
import { makeCertificate } from '../testing/certificate.ts';
import { rejection } from '../testing/rejection.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools } from '../testing/tools.ts';
import { parseEngineAddress } from './engine-address.ts';
import { engineAddresses } from './engine-addresses.ts';
import { findEngine } from './find-engine.ts';
import { platformsForEngine } from './platforms-for-engine.ts';
import { scriptedEngine } from './testing/scripted-engine.ts';

const ctx = createContext();

/** A home folder with a context of Docker's. */
function homeWithContext(name: string, host: string, current?: string): string {
  const home = temporaryFolder();
  const id = createHash('sha256').update(name).digest('hex');
  const folder = join(home, '.docker', 'contexts', 'meta', id);
  mkdirSync(folder, { recursive: true });
  const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } };
  writeFileSync(join(folder, 'meta.json'), JSON.stringify(meta));
  if (current)
    writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify({ currentContext: current }));
  return home;
}

const textsOf = async (variables: Record<string, string>, homeFolder = '/home/me') =>
  (await engineAddresses({ variables, homeFolder })).map(({ text }) => text);

describe('where an engine is looked for', () => {
  it('is where DOCKER_HOST says, and nowhere else', async () => {
    const home = homeWithContext('far', 'tcp://far.example.com:2375', 'far');
    const variables = { DOCKER_HOST: 'unix:///my/docker.sock', DOCKER_CONTEXT: 'far' };
    expect(await textsOf(variables, home)).toEqual(['unix:///my/docker.sock']);
  });

  it('is where the context says, that of DOCKER_CONTEXT before the current one', async () => {
    const home = homeWithContext('far', 'tcp://far.example.com:2375', 'other');
    expect(await textsOf({ DOCKER_CONTEXT: 'far' }, home)).toEqual(['tcp://far.example.com:2375']);
    const current = homeWithContext('far', 'tcp://far.example.com:2375', 'far');
    expect(await textsOf({}, current)).toEqual(['tcp://far.example.com:2375']);
    expect(await textsOf({ DOCKER_CONTEXT: 'default' }, current)).not.toContain('tcp://far.example.com:2375');
  });

  it('is Docker’s usual places, and then Podman’s', async () => {
    expect(await textsOf({ XDG_RUNTIME_DIR: '/run/user/1000' })).toEqual([
      'unix:///var/run/docker.sock',
      'unix:///run/user/1000/docker.sock',
      'unix:///home/me/.docker/run/docker.sock',
      'unix:///home/me/.docker/desktop/docker.sock',
      'unix:///run/user/1000/podman/podman.sock',
      'unix:///run/podman/podman.sock',
    ]);
  });

  it('is told when a context is not there', async () => {
    const error = await rejection(textsOf({ DOCKER_CONTEXT: 'gone' }, temporaryFolder()));
    expect(error).toMatchObject({ code: 'CATA_ENGINE_CONTEXT_INVALID' });
    expect(String(error)).toContain('"gone", which DOCKER_CONTEXT names');
  });
});

describe('an address', () => {
  it.each([
    ['unix:///var/run/docker.sock', { socketPath: '/var/run/docker.sock', origin: 'http://localhost' }],
    ['tcp://127.0.0.1:2375', { origin: 'http://127.0.0.1:2375' }],
    ['tcp://host', { origin: 'http://host:2375' }],
    ['tcp://[::1]:99', { origin: 'http://[::1]:99' }],
    ['https://host:443', { origin: 'https://host' }],
  ])('%s is understood', (text, expected) => {
    expect(parseEngineAddress(text, 'DOCKER_HOST')).toMatchObject(expected);
  });

  it('with TLS is spoken to by HTTPS, at its own port', () => {
    const address = parseEngineAddress('tcp://host', 'DOCKER_HOST', { ca: 'PEM' });
    expect(address).toMatchObject({ origin: 'https://host:2376', tls: { ca: 'PEM' } });
  });

  it.each([
    ['/var/run/docker.sock', 'unix://'],
    ['unix://docker.sock', 'absolute'],
    ['ssh://host', 'ssh -nNT -L'],
    ['npipe:////./pipe/docker_engine', 'npipe://'],
    ['tcp://', 'host with a port'],
    ['tcp://host:port', 'host with a port'],
    ['tcp://host:2375/path', 'host with a port'],
  ])('%s is refused, and quoted', (text, reason) => {
    const parse = () => parseEngineAddress(text, 'DOCKER_HOST');
    expect(parse).toThrow(`"${text}" of DOCKER_HOST`);
    expect(parse).toThrow(reason);
  });
});

describe('findEngine', () => {
  const find = (host: string) => findEngine({ variables: { DOCKER_HOST: host }, homeFolder: '/x' }, ctx);

  it('says who answers, and for which platform it runs', async () => {
    const arm = { Version: '5.1.0', Os: 'linux', Arch: 'arm64', Components: [{ Name: 'Podman Engine' }] };
    const { host } = await scriptedEngine({ version: arm });
    await using engine = await find(host);
    expect(engine).toMatchObject({ kind: 'podman', name: 'Podman 5.1.0', address: host });
    expect(engine.platform).toEqual({ os: 'linux', architecture: 'arm64' });
  });

  it.skipIf(!hasTools('openssl'))('speaks TLS with the certificates of DOCKER_CERT_PATH', async () => {
    const { cert, key } = makeCertificate('127.0.0.1');
    const { host } = await scriptedEngine({ tls: { cert, key, ca: cert } });
    const folder = temporaryFolder();
    for (const [name, text] of Object.entries({ 'ca.pem': cert, 'cert.pem': cert, 'key.pem': key }))
      writeFileSync(join(folder, name), text);
    const variables = { DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
    await using engine = await findEngine({ variables, homeFolder: '/x' }, ctx);
    expect(engine.name).toBe('Docker 29.0.0');
    const stranger = { ...variables, DOCKER_CERT_PATH: temporaryFolder() };
    const error = await rejection(findEngine({ variables: stranger, homeFolder: '/x' }, ctx));
    expect(String(error)).toMatch(/\(DOCKER_HOST\): self[- ]signed certificate/);
  });

  it('names what was tried, and why it was in vain', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const cases = [
      [`unix://${folder}/none.sock`, 'there is no such socket'],
      [`unix://${folder}/file`, 'nobody listens there'],
      ['tcp://127.0.0.1:1', 'nobody listens there'],
      [(await scriptedEngine({ version: {} })).host, 'it is no container engine'],
    ] as const;
    for (const [host, reason] of cases) {
      const error = await rejection(find(host));
      expect(error).toMatchObject({ code: 'CATA_ENGINE_UNREACHABLE', fault: 'machine' });
      expect(String(error)).toContain(`${host} (DOCKER_HOST): ${reason}`);
    }
  });
});

describe('platformsForEngine', () => {
  const arm64 = parsePlatform('linux/arm64');
  const engine = { name: 'Docker 1', platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } };

  it('are all where indexes are kept, else the engine’s own, else the only one', () => {
    expect(platformsForEngine({ ...engine, kind: 'containerd' }, platforms)).toEqual(platforms);
    expect(platformsForEngine({ ...engine, kind: 'docker' }, platforms)).toEqual([arm64]);
    const amd64 = [parsePlatform('linux/amd64')];
    expect(platformsForEngine({ ...engine, kind: 'podman' }, amd64)).toEqual(amd64);
  });

  it('are none when there are several and none is the engine’s', () => {
    const riscv = { ...engine, platform: { os: 'linux', architecture: 'riscv64' } };
    expect(() => platformsForEngine({ ...riscv, kind: 'docker' }, platforms)).toThrow(
      'Docker 1 runs linux/riscv64, and there is no image for that: there are linux/amd64, linux/arm64.',
    );
  });
});
