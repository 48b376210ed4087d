import type { CreateRepositoryCommandInput } from '@aws-sdk/client-ecr';
import type { Context } from '../../context/context.ts';
import type { CredentialEnvironment } from '../credentials/credentials.ts';
import { callEcr } from './ecr-client.ts';
import { parseEcrHost } from './ecr-host.ts';
import { ecrErrors } from './errors.ts';

export interface EcrRepositorySettings {
  /** A tag that was pushed stays what it is. */
  readonly immutableTags: boolean;
  readonly scanOnPush: boolean;
  /** 1 or more; undefined: they stay. */
  readonly expireUntaggedAfterDays?: number;
}

/**
 * Creates a private repository. One that is there already keeps its settings, whatever they are.
 * @param registry host, such as "123456789012.dkr.ecr.eu-central-1.amazonaws.com"
 * @returns whether it had to be created
 * @throws CATA_ECR_HOST_INVALID, CATA_ECR_REPOSITORY_INVALID, CATA_ECR_ACCESS_DENIED and what else
 * `ecrCredentials` throws
 */
export async function createEcrRepository(
  registry: string,
  repository: string,
  settings: EcrRepositorySettings,
  environment: CredentialEnvironment,
  ctx: Context,
): Promise<'created' | 'present'> {
  const host = parseEcrHost(registry);
  if (!host) throw ecrErrors.CATA_ECR_HOST_INVALID({ registry });
  const resource = `arn:${host.partition}:ecr:${host.region}:${host.accountId}:repository/${repository}`;
  const call = { registry, host, variables: environment.variables, resource };
  const name = { registryId: host.accountId, repositoryName: repository };
  const outcome = await create(call, { ...name, ...creationOf(settings) }, ctx);
  const days = settings.expireUntaggedAfterDays;
  if (outcome === 'created' && days !== undefined) await expireUntagged(call, name, days, ctx);
  return outcome;
}

type Call = Omit<Parameters<typeof callEcr>[0], 'action'>;

function create(
  call: Call,
  input: CreateRepositoryCommandInput,
  ctx: Context,
): Promise<'created' | 'present'> {
  return callEcr({ ...call, action: 'ecr:CreateRepository' }, ctx, (client, sdk, options) =>
    client.send(new sdk.CreateRepositoryCommand(input), options).then(() => 'created', presentOrThrow),
  );
}

function creationOf({ immutableTags, scanOnPush }: EcrRepositorySettings) {
  return {
    imageTagMutability: immutableTags ? 'IMMUTABLE' : 'MUTABLE',
    imageScanningConfiguration: { scanOnPush },
  } as const;
}

async function expireUntagged(
  call: Call,
  name: { readonly registryId: string; readonly repositoryName: string },
  days: number,
  ctx: Context,
): Promise<void> {
  await callEcr({ ...call, action: 'ecr:PutLifecyclePolicy' }, ctx, (client, sdk, options) => {
    const lifecyclePolicyText = JSON.stringify(expiryOfUntagged(days));
    return client.send(new sdk.PutLifecyclePolicyCommand({ ...name, lifecyclePolicyText }), options);
  });
}

function presentOrThrow(error: unknown): 'present' {
  if (error instanceof Error && error.name === 'RepositoryAlreadyExistsException') return 'present';
  throw error;
}

/**
 * By age, never by number: an index, its images and its signatures would each count as one. The images of an
 * index that has a tag are untagged themselves; ECR keeps what an index refers to.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
function expiryOfUntagged(days: number): unknown {
  return {
    rules: [
      {
        rulePriority: 1,
        description: `Untagged for ${days} days`,
        selection: {
          tagStatus: 'untagged',
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: days,
        },
        action: { type: 'expire' },
      },
    ],
  };
}
