import { defineErrors } from '../../errors/define-errors.ts';

/** What can go wrong with Amazon ECR, before the registry itself is spoken to. */
export const ecrErrors = defineErrors({
  CATA_ECR_HOST_INVALID: {
    fault: 'user',
    message: 'Not a private registry of Amazon ECR: "{registry}".',
    hint: 'It looks like 123456789012.dkr.ecr.eu-central-1.amazonaws.com.',
  },
  CATA_AWS_CLIENT_MISSING: {
    fault: 'machine',
    message: 'Amazon ECR at "{registry}" needs the package @aws-sdk/client-ecr, which is not installed.',
    hint: 'Run "npm install @aws-sdk/client-ecr", or log in to the registry with Docker or Podman first.',
  },
  CATA_AWS_CREDENTIALS_MISSING: {
    fault: 'user',
    message: 'No AWS credentials were found for "{registry}": {reason}.',
    hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run "aws sso login".',
  },
  CATA_AWS_CREDENTIALS_EXPIRED: {
    fault: 'user',
    message: 'The AWS credentials for "{registry}" have expired: {reason}.',
    hint: 'Get new ones, for example with "aws sso login", or set AWS_SESSION_TOKEN and its keys anew.',
  },
  CATA_AWS_CREDENTIALS_REFUSED: {
    fault: 'user',
    message: 'AWS does not accept the credentials for "{registry}": {reason}.',
    hint: 'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or AWS_PROFILE, and the clock.',
  },
  CATA_ECR_ACCESS_DENIED: {
    fault: 'user',
    message: 'AWS does not allow {action} on "{resource}": {reason}.',
    hint: 'Allow the IAM action {action} on "{resource}" to the user or role whose credentials these are.',
  },
  CATA_ECR_REPOSITORY_INVALID: {
    fault: 'user',
    message: 'Amazon ECR cannot create "{resource}": {reason}.',
    hint: 'Name the repository in 2 to 256 lower-case letters, digits and single ".", "_", "-", "/" between them.',
  },
  CATA_ECR_UNREACHABLE: {
    fault: 'remote',
    message: 'The API of Amazon ECR for "{registry}" cannot be reached: {reason}.',
    hint: 'Check the network, a proxy or firewall, the region in the name, and AWS_ENDPOINT_URL_ECR if it is set.',
  },
  CATA_ECR_FAILED: {
    fault: 'remote',
    message: 'Amazon ECR did not do {action} on "{resource}": {reason}.',
    hint: 'Mend what AWS names there; if it is a fault of its own, try again later.',
  },
});
