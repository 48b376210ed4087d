import {
  CreateRepositoryCommand,
  DescribeRegistryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  PutLifecyclePolicyCommand,
} from '@aws-sdk/client-ecr';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EcrApi, EcrApiOptions } from './ecr-api.ts';
import { type SigningKey, testKey } from './signature.ts';
import { startEcrApi } from './start-ecr-api.ts';

function clientFor(
  { endpoint }: EcrApi,
  credentials: SigningKey = testKey,
  region = 'eu-central-1',
): ECRClient {
  const client = new ECRClient({ endpoint, region, credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
}

async function started(options: EcrApiOptions = {}): Promise<EcrApi> {
  const api = await startEcrApi(options);
  onTestFinished(() => api[Symbol.asyncDispose]());
  return api;
}

const untagged = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 },
      action: { type: 'expire' },
    },
  ],
});

describe("the fake of ECR's API, to the AWS SDK", () => {
  it('gives a token for the user AWS, and says when it ends', async () => {
    const api = await started({ now: () => 1_000_000, tokenLifetimeMs: 5_500, password: 'pass:word' });
    const { authorizationData } = await clientFor(api).send(new GetAuthorizationTokenCommand({}));
    expect(authorizationData).toEqual([
      {
        authorizationToken: Buffer.from('AWS:pass:word').toString('base64'),
        expiresAt: new Date(1_005_500),
        proxyEndpoint: 'https://123456789012.dkr.ecr.eu-central-1.amazonaws.com',
      },
    ]);
  });

  it('creates a repository once, tells the test of it, and describes it', async () => {
    const created: string[] = [];
    const api = await started({ onRepositoryCreated: ({ uri }) => void created.push(uri) });
    const client = clientFor(api);
    const input = { repositoryName: 'team/bookstore', imageScanningConfiguration: { scanOnPush: true } };
    const { repository } = await client.send(new CreateRepositoryCommand(input));
    expect(repository).toMatchObject({
      repositoryArn: 'arn:aws:ecr:eu-central-1:123456789012:repository/team/bookstore',
      imageTagMutability: 'MUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
    });
    expect(created).toEqual([`${api.registry}/team/bookstore`]);
    await expect(client.send(new CreateRepositoryCommand(input))).rejects.toMatchObject({
      name: 'RepositoryAlreadyExistsException',
      $metadata: { httpStatusCode: 400 },
    });
    const described = await client.send(new DescribeRepositoriesCommand({}));
    expect(described.repositories).toEqual([repository]);
    expect(api.calls.map(({ action }) => action)).toEqual([
      'CreateRepository',
      'CreateRepository',
      'DescribeRepositories',
    ]);
  });

  it('keeps lifecycle policies, and refuses those that are none', async () => {
    const api = await started();
    const client = clientFor(api);
    const put = (repositoryName: string, lifecyclePolicyText: string) =>
      client.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
    await client.send(new CreateRepositoryCommand({ repositoryName: 'bookstore' }));
    await put('bookstore', untagged);
    expect(api.repositories.get('bookstore')?.lifecyclePolicyText).toBe(untagged);
    for (const wrong of [
      '',
      '{}',
      '{"rules":[]}',
      untagged.replace('7', '0'),
      untagged.replace('days', 'x'),
    ]) {
      await expect(put('bookstore', wrong)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
    await expect(put('other', untagged)).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
  });

  it.each(['a', 'Bookstore', 'book--store', '/books', 'books/', 'b'.repeat(257)])(
    'refuses the name "%s"',
    async (repositoryName) => {
      const client = clientFor(await started());
      await expect(client.send(new CreateRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining("'repositoryName' failed to satisfy constraint"),
      });
    },
  );

  it.each([
    ['another access key', { ...testKey, accessKeyId: 'AKIAOTHER' }, 'UnrecognizedClientException'],
    ['a session that it does not know', { ...testKey, sessionToken: 'x' }, 'UnrecognizedClientException'],
    ['another secret', { ...testKey, secretAccessKey: 'guess' }, 'InvalidSignatureException'],
  ])('does not let in %s', async (_what, key, name) => {
    const api = await started();
    const sent = clientFor(api, key).send(new GetAuthorizationTokenCommand({}));
    await expect(sent).rejects.toMatchObject({ name });
    expect(api.calls).toEqual([]);
  });

  it('lets sessions in, and nobody who signed for another region', async () => {
    const key = { ...testKey, sessionToken: 'session' };
    const api = await started({ key });
    await clientFor(api, key).send(new GetAuthorizationTokenCommand({}));
    const sent = clientFor(api, key, 'us-east-1').send(new GetAuthorizationTokenCommand({}));
    await expect(sent).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });

  it('refuses what the policy does not allow, and expired sessions', async () => {
    const denied = clientFor(await started({ deny: ['CreateRepository'] }));
    await expect(denied.send(new CreateRepositoryCommand({ repositoryName: 'books' }))).rejects.toMatchObject(
      {
        name: 'AccessDeniedException',
        message: expect.stringContaining(
          'not authorized to perform: ecr:CreateRepository on resource: arn:aws:ecr',
        ),
      },
    );
    const expired = clientFor(await started({ expired: true }));
    await expect(expired.send(new GetAuthorizationTokenCommand({}))).rejects.toMatchObject({
      name: 'ExpiredTokenException',
    });
  });

  it('refuses requests without a signature, and operations that it lacks', async () => {
    const api = await started();
    const unsigned = await fetch(api.endpoint, { method: 'POST', body: '{}' });
    expect(unsigned.status).toBe(400);
    expect(await unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    await expect(clientFor(api).send(new DescribeRegistryCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});
