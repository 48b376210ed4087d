import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createContext } from '../../context/context.ts';
import type { EcrApi, EcrApiOptions } from '../../testing/ecr-api/ecr-api.ts';
import { testKey } from '../../testing/ecr-api/signature.ts';
import { startEcrApi } from '../../testing/ecr-api/start-ecr-api.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { ecrCredentials } from './ecr-credentials.ts';

const ctx = createContext();
const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const keys = { AWS_ACCESS_KEY_ID: testKey.accessKeyId, AWS_SECRET_ACCESS_KEY: testKey.secretAccessKey };

async function started(options: EcrApiOptions = {}): Promise<EcrApi> {
  const api = await startEcrApi(options);
  onTestFinished(() => api[Symbol.asyncDispose]());
  return api;
}

function sourceFor(endpoint: string, variables: Readonly<Record<string, string>> = keys) {
  return ecrCredentials({ variables: { AWS_ENDPOINT_URL_ECR: endpoint, ...variables }, homeFolder: '/' });
}

describe('ecrCredentials', () => {
  it('exchanges AWS credentials for a password of the registry', async () => {
    const api = await started({ password: 'to:ken' });
    const found = await sourceFor(api.endpoint).find(registry, 'bookstore', ctx);
    expect(found).toEqual({ username: 'AWS', password: 'to:ken' });
  });

  it('knows nothing of other registries, and asks nobody about them', async () => {
    const api = await started();
    for (const other of ['docker.io', 'public.ecr.aws', 'ghcr.io']) {
      expect(await sourceFor(api.endpoint).find(other, 'x', ctx)).toBeUndefined();
    }
    expect(api.calls).toEqual([]);
  });

  it('asks once for all repositories of a region, until five minutes before the password expires', async () => {
    let now = 1_700_000_000_000;
    const api = await started({ now: () => now, tokenLifetimeMs: 3_600_000 });
    const source = sourceFor(api.endpoint);
    const clock = { now: () => now, monotonicNs: () => 0n };
    const find = (host: string, name: string) => source.find(host, name, createContext({ clock }));
    await Promise.all([find(registry, 'a'), find(registry, 'b')]);
    await find(registry.replace('1234', '4321'), 'c');
    now += 54 * 60_000;
    await find(registry, 'a');
    expect(api.calls).toHaveLength(1);
    now += 60_000;
    await Promise.all([find(registry, 'a'), find(registry, 'b')]);
    expect(api.calls).toHaveLength(2);
  });

  it('signs for the region in the name of the registry, with the session it was given', async () => {
    const api = await started({ region: 'ap-south-1', key: { ...testKey, sessionToken: 'session' } });
    const source = sourceFor(api.endpoint, {
      ...keys,
      AWS_SESSION_TOKEN: 'session',
      AWS_REGION: 'us-east-1',
    });
    expect(await source.find(api.registry, 'bookstore', ctx)).toMatchObject({ username: 'AWS' });
  });

  it.each([
    [{ expired: true }, 'CATA_AWS_CREDENTIALS_EXPIRED', /expired/],
    [
      { deny: ['GetAuthorizationToken'] },
      'CATA_ECR_ACCESS_DENIED',
      /allow ecr:GetAuthorizationToken on "\*"/,
    ],
    [
      { key: { ...testKey, accessKeyId: 'OTHER' } },
      'CATA_AWS_CREDENTIALS_REFUSED',
      /security token .* invalid/,
    ],
    [{ key: { ...testKey, secretAccessKey: 'x' } }, 'CATA_AWS_CREDENTIALS_REFUSED', /signature/],
  ])('says what to do when AWS answers as with %j', async (options, code, message) => {
    const api = await started(options);
    const error: unknown = await sourceFor(api.endpoint)
      .find(registry, 'bookstore', ctx)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, fault: 'user', message: expect.stringMatching(message) });
    expect(JSON.stringify(error)).not.toContain(testKey.secretAccessKey);
  });

  it('says that the API cannot be reached', async () => {
    const server = createServer((socket) => void socket.destroy()).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await vi.waitFor(() => expect(server.listening).toBe(true));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await expect(sourceFor(`http://127.0.0.1:${port}`).find(registry, 'x', ctx)).rejects.toMatchObject({
      code: 'CATA_ECR_UNREACHABLE',
      fault: 'remote',
    });
  });

  it('says where credentials are looked for when there are none', async () => {
    // What the SDK's chain of providers reads for itself must be as empty as the injected variables.
    const home = temporaryFolder();
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
    vi.stubEnv('HOME', home);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    const api = await started();
    await expect(sourceFor(api.endpoint, {}).find(registry, 'x', ctx)).rejects.toMatchObject({
      code: 'CATA_AWS_CREDENTIALS_MISSING',
      hint: expect.stringContaining('AWS_ACCESS_KEY_ID'),
    });
    await expect(
      sourceFor(api.endpoint, { ...keys, AWS_PROFILE: 'harbour' }).find(registry, 'x', ctx),
    ).rejects.toMatchObject({ code: 'CATA_AWS_CREDENTIALS_MISSING' });
    expect(api.calls).toEqual([]);
  });

  it('stops waiting when it is told to, with the reason it was told', async () => {
    const stop = new AbortController();
    const server = createServer(() => stop.abort(new Error('enough'))).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await vi.waitFor(() => expect(server.listening).toBe(true));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const found = sourceFor(`http://127.0.0.1:${port}`).find(
      registry,
      'x',
      createContext({ signal: stop.signal }),
    );
    await expect(found).rejects.toThrow('enough');
  });
});
