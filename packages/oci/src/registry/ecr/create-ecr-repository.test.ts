import { describe, expect, it, onTestFinished } from 'vitest';
import { createContext } from '../../context/context.ts';
import type { EcrApi, EcrApiOptions } from '../../testing/ecr-api/ecr-api.ts';
import { testKey } from '../../testing/ecr-api/signature.ts';
import { startEcrApi } from '../../testing/ecr-api/start-ecr-api.ts';
import { createEcrRepository, type EcrRepositorySettings } from './create-ecr-repository.ts';

const arn = 'arn:aws:ecr:eu-central-1:123456789012:repository/team/bookstore';
const strict: EcrRepositorySettings = { immutableTags: true, scanOnPush: true, expireUntaggedAfterDays: 14 };

async function started(options: EcrApiOptions = {}): Promise<EcrApi> {
  const api = await startEcrApi(options);
  onTestFinished(() => api[Symbol.asyncDispose]());
  return api;
}

function create(
  api: EcrApi,
  settings = strict,
  repository = 'team/bookstore',
  registry = api.registry,
  ctx = createContext(),
) {
  const variables = {
    AWS_ENDPOINT_URL: api.endpoint,
    AWS_ACCESS_KEY_ID: testKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: testKey.secretAccessKey,
  };
  return createEcrRepository(registry, repository, settings, { variables, homeFolder: '/' }, ctx);
}

describe('createEcrRepository', () => {
  it('creates it with the settings that were asked for', async () => {
    const api = await started();
    expect(await create(api)).toBe('created');
    const repository = api.repositories.get('team/bookstore');
    expect(repository).toMatchObject({ arn, imageTagMutability: 'IMMUTABLE', scanOnPush: true });
    expect(JSON.parse(repository?.lifecyclePolicyText ?? '')).toMatchObject({
      rules: [{ selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 14 } }],
    });
  });

  it('sets no lifecycle when none was asked for', async () => {
    const api = await started();
    expect(await create(api, { immutableTags: false, scanOnPush: false })).toBe('created');
    expect(api.repositories.get('team/bookstore')).toMatchObject({
      imageTagMutability: 'MUTABLE',
      scanOnPush: false,
    });
    expect(api.calls.map(({ action }) => action)).toEqual(['CreateRepository']);
  });

  it('leaves one alone that is there', async () => {
    const api = await started();
    await create(api, { immutableTags: false, scanOnPush: false });
    expect(await create(api)).toBe('present');
    const repository = api.repositories.get('team/bookstore');
    expect(repository).toMatchObject({ imageTagMutability: 'MUTABLE', scanOnPush: false });
    expect(repository?.lifecyclePolicyText).toBeUndefined();
  });

  it.each(['CreateRepository', 'PutLifecyclePolicy'])(
    'names the IAM action when %s is denied',
    async (action) => {
      await expect(create(await started({ deny: [action] }))).rejects.toMatchObject({
        code: 'CATA_ECR_ACCESS_DENIED',
        hint: `Allow the IAM action ecr:${action} on "${arn}" to the user or role whose credentials these are.`,
      });
    },
  );

  it('quotes a name that ECR does not take', async () => {
    await expect(create(await started(), strict, 'Book__Store')).rejects.toMatchObject({
      code: 'CATA_ECR_REPOSITORY_INVALID',
      fault: 'user',
      message: expect.stringContaining('repository/Book__Store"'),
    });
  });

  it('passes on what else ECR says', async () => {
    await expect(create(await started(), { ...strict, expireUntaggedAfterDays: -1 })).rejects.toMatchObject({
      code: 'CATA_ECR_FAILED',
      message: expect.stringContaining('InvalidParameter'),
    });
  });

  it('stops when it is told to, with the reason it was told', async () => {
    const stop = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    const onRepositoryCreated = () => {
      stop.abort(new Error('enough'));
      return promise;
    };
    const api = await started({ onRepositoryCreated });
    const created = create(api, strict, 'bookstore', api.registry, createContext({ signal: stop.signal }));
    await expect(created).rejects.toThrow('enough');
    resolve();
    expect(api.calls).toHaveLength(1);
  });

  it('creates nothing in other registries', async () => {
    await expect(create(await started(), strict, 'bookstore', 'ghcr.io')).rejects.toMatchObject({
      code: 'CATA_ECR_HOST_INVALID',
    });
  });
});
