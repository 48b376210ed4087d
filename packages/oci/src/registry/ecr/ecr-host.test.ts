import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEcrHost } from './ecr-host.ts';

const plain = { accountId: '123456789012', partition: 'aws', isFips: false, isDualStack: false };

describe('parseEcrHost', () => {
  it.each([
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', { region: 'eu-central-1' }],
    ['123456789012.DKR.ecr.eu-central-1.AmazonAWS.com', { region: 'eu-central-1' }],
    ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com', { region: 'us-east-1', isFips: true }],
    [
      '123456789012.dkr.ecr.us-gov-west-1.amazonaws.com',
      { region: 'us-gov-west-1', partition: 'aws-us-gov' },
    ],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', { region: 'cn-north-1', partition: 'aws-cn' }],
    ['123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu', { region: 'eusc-de-east-1', partition: 'aws-eusc' }],
    ['123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov', { region: 'us-iso-east-1', partition: 'aws-iso' }],
    ['123456789012.dkr-ecr.eu-west-1.on.aws', { region: 'eu-west-1', isDualStack: true }],
    ['123456789012.dkr-ecr-fips.us-west-2.on.aws', { region: 'us-west-2', isDualStack: true, isFips: true }],
    [
      '123456789012.dkr-ecr.cn-northwest-1.on.amazonwebservices.com.cn',
      { region: 'cn-northwest-1', partition: 'aws-cn', isDualStack: true },
    ],
  ])('reads %s', (registry, parts) => {
    expect(parseEcrHost(registry)).toEqual({ ...plain, ...parts });
  });

  it.each([
    'public.ecr.aws',
    'docker.io',
    '12345678901.dkr.ecr.eu-central-1.amazonaws.com',
    '123456789012.dkr.ecr.eu-central-1.amazonaws.com.example.org',
    '123456789012.dkr.ecr.eu-central-1.amazonaws.com:443',
    'x.123456789012.dkr.ecr.eu-central-1.amazonaws.com',
    '123456789012.dkr.ecr.eu-central-1.on.aws',
    '123456789012.dkr-ecr.eu-central-1.amazonaws.com',
    '123456789012.dkr.ecr.evil.example/x.amazonaws.com',
    '123456789012.dkr.ecr.eu-central-1.constructor',
    '',
  ])('does not take "%s" for one', (registry) => {
    expect(parseEcrHost(registry)).toBeUndefined();
  });

  it('takes nothing else for one, and never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => parseEcrHost(text) === undefined));
  });
});
