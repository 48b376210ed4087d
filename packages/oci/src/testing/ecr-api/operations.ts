import type { EcrRepository, EcrState } from './ecr-api.ts';
import { EcrFault } from './ecr-fault.ts';
import { checkLifecyclePolicy, checkRepositoryName } from './parameters.ts';

type Input = Readonly<Record<string, unknown>>;
type Operation = (input: Input, state: EcrState) => Promise<unknown>;

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html, as far as Catamaran calls them. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['GetAuthorizationToken', getAuthorizationToken],
  ['CreateRepository', createRepository],
  ['DescribeRepositories', describeRepositories],
  ['PutLifecyclePolicy', putLifecyclePolicy],
]);

async function getAuthorizationToken(_input: Input, { options }: EcrState): Promise<unknown> {
  const password = typeof options.password === 'function' ? options.password() : options.password;
  const authorizationToken = Buffer.from(`AWS:${password}`).toString('base64');
  // Seconds, with a fraction.
  const expiresAt = (options.now() + options.tokenLifetimeMs) / 1000;
  const proxyEndpoint = `https://${registryHost(options)}`;
  return { authorizationData: [{ authorizationToken, expiresAt, proxyEndpoint }] };
}

async function createRepository(input: Input, state: EcrState): Promise<unknown> {
  checkRegistry(input, state);
  const name = checkRepositoryName(input.repositoryName);
  const { accountId, region } = state.options;
  if (state.repositories.has(name)) {
    throw new EcrFault(
      'RepositoryAlreadyExistsException',
      `The repository with name '${name}' already exists in the registry with id '${accountId}'`,
    );
  }
  const scanning = input.imageScanningConfiguration;
  const repository: EcrRepository = {
    name,
    arn: `arn:aws:ecr:${region}:${accountId}:repository/${name}`,
    uri: `${registryHost(state.options)}/${name}`,
    createdAt: state.options.now(),
    imageTagMutability: String(input.imageTagMutability ?? 'MUTABLE'),
    scanOnPush:
      typeof scanning === 'object' && scanning !== null && 'scanOnPush' in scanning && !!scanning.scanOnPush,
  };
  state.repositories.set(name, repository);
  await state.options.onRepositoryCreated?.(repository);
  return { repository: described(repository, state) };
}

async function describeRepositories(input: Input, state: EcrState): Promise<unknown> {
  checkRegistry(input, state);
  const names = Array.isArray(input.repositoryNames) ? input.repositoryNames : [...state.repositories.keys()];
  return { repositories: names.map((name) => described(existing(name, state), state)) };
}

async function putLifecyclePolicy(input: Input, state: EcrState): Promise<unknown> {
  checkRegistry(input, state);
  const repository = existing(input.repositoryName, state);
  const lifecyclePolicyText = checkLifecyclePolicy(input.lifecyclePolicyText);
  repository.lifecyclePolicyText = lifecyclePolicyText;
  return { registryId: state.options.accountId, repositoryName: repository.name, lifecyclePolicyText };
}

function existing(name: unknown, { repositories, options }: EcrState): EcrRepository {
  const repository = repositories.get(checkRepositoryName(name));
  if (repository) return repository;
  throw new EcrFault(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${options.accountId}'`,
  );
}

function described(repository: EcrRepository, { options }: EcrState): unknown {
  return {
    repositoryArn: repository.arn,
    registryId: options.accountId,
    repositoryName: repository.name,
    repositoryUri: repository.uri,
    createdAt: repository.createdAt / 1000,
    imageTagMutability: repository.imageTagMutability,
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: { encryptionType: 'AES256' },
  };
}

export function registryHost({ accountId, region }: EcrState['options']): string {
  return `${accountId}.dkr.ecr.${region}.amazonaws.com`;
}

/** Another account's registry is open only to those whom its policy lets in. */
function checkRegistry({ registryId }: Input, { options }: EcrState): void {
  if (registryId === undefined || registryId === options.accountId) return;
  throw new EcrFault(
    'AccessDeniedException',
    `User is not authorized in the registry with id '${registryId}'`,
  );
}
