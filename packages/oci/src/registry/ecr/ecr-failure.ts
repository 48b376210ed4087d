import type { CatamaranError } from '../../errors/catamaran-error.ts';
import { messageOf } from '../../errors/message-of.ts';
import { shownOutput } from '../credentials/shown-output.ts';
import { ecrErrors } from './errors.ts';

/** What was asked of ECR's API. */
export interface EcrCall {
  /** Host. */
  readonly registry: string;
  /** The IAM action, such as "ecr:CreateRepository". */
  readonly action: string;
  /** ARN, "*" for the whole registry. */
  readonly resource: string;
}

const expired = new Set(['ExpiredTokenException', 'ExpiredToken', 'RequestExpired']);
const refused = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignatureException',
  'MissingAuthenticationTokenException',
  'OptInRequired',
]);
const denied = new Set(['AccessDeniedException', 'AccessDenied', 'UnauthorizedException']);
const unfound = new Set(['CredentialsProviderError', 'TokenProviderError']);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html */
export function ecrFailure(error: unknown, { registry, action, resource }: EcrCall): CatamaranError {
  const name = error instanceof Error ? error.name : '';
  const reason = reasonOf(error);
  // Without the cause: providers of credentials may quote commands and answers in it.
  if (unfound.has(name)) {
    return /expired/i.test(messageOf(error))
      ? ecrErrors.CATA_AWS_CREDENTIALS_EXPIRED({ registry, reason })
      : ecrErrors.CATA_AWS_CREDENTIALS_MISSING({ registry, reason });
  }
  const options = { cause: error };
  if (expired.has(name)) return ecrErrors.CATA_AWS_CREDENTIALS_EXPIRED({ registry, reason }, options);
  if (refused.has(name)) return ecrErrors.CATA_AWS_CREDENTIALS_REFUSED({ registry, reason }, options);
  if (denied.has(name)) return ecrErrors.CATA_ECR_ACCESS_DENIED({ action, resource, reason }, options);
  if (action === 'ecr:CreateRepository' && name === 'InvalidParameterException') {
    return ecrErrors.CATA_ECR_REPOSITORY_INVALID({ resource, reason }, options);
  }
  return hasAnswered(error)
    ? ecrErrors.CATA_ECR_FAILED({ action, resource, reason: `${name}: ${reason}` }, options)
    : ecrErrors.CATA_ECR_UNREACHABLE({ registry, reason }, options);
}

function hasAnswered(error: unknown): boolean {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata;
}

/** In Node an error that several addresses led to has no message of its own, only a code. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return shownOutput(messageOf(error) || code || 'it did not say why').replace(/\.$/, '');
}
