import { EcrFault } from './ecr-fault.ts';

const repositoryName = '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export function checkRepositoryName(name: unknown): string {
  if (typeof name !== 'string' || name.length < 2 || name.length > 256) {
    throw invalid('repositoryName', 'Member must have length between 2 and 256');
  }
  if (!new RegExp(`^${repositoryName}$`).test(name)) {
    throw invalid('repositoryName', `'must satisfy regular expression '${repositoryName}''`);
  }
  return name;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
export function checkLifecyclePolicy(text: unknown): string {
  const rules = typeof text === 'string' ? parseRules(text) : undefined;
  const isRight =
    rules !== undefined &&
    rules.length > 0 &&
    rules.every(
      ({ rulePriority, selection, action }) =>
        isCount(rulePriority) &&
        ['tagged', 'untagged', 'any'].includes(selection?.tagStatus) &&
        ['imageCountMoreThan', 'sinceImagePushed'].includes(selection?.countType) &&
        (selection?.countType === 'sinceImagePushed') === (selection?.countUnit === 'days') &&
        isCount(selection?.countNumber) &&
        action?.type === 'expire',
    );
  if (!isRight) throw invalid('LifecyclePolicyText', 'Lifecycle policy validation failure');
  return String(text);
}

function parseRules(text: string) {
  try {
    const { rules } = JSON.parse(text);
    return Array.isArray(rules) ? rules : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0;
}

function invalid(parameter: string, constraint: string): EcrFault {
  const message = `Invalid parameter at '${parameter}' failed to satisfy constraint: ${constraint}`;
  return new EcrFault('InvalidParameterException', message);
}
