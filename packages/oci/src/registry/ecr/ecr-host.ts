/** A private registry of Amazon ECR, as its host name tells. */
export interface EcrHost {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
  /** "aws", "aws-cn", "aws-us-gov" …, as in ARNs. */
  readonly partition: string;
  readonly isFips: boolean;
  /** IPv6 and IPv4. */
  readonly isDualStack: boolean;
}

/** Domain → partition. https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
const singleStack: Readonly<Record<string, string>> = {
  'amazonaws.com': 'aws',
  'amazonaws.com.cn': 'aws-cn',
  'amazonaws.eu': 'aws-eusc',
  'c2s.ic.gov': 'aws-iso',
  'sc2s.sgov.gov': 'aws-iso-b',
  'cloud.adc-e.uk': 'aws-iso-e',
  'csp.hci.ic.gov': 'aws-iso-f',
};
const dualStack: Readonly<Record<string, string>> = {
  'on.aws': 'aws',
  'on.amazonwebservices.com.cn': 'aws-cn',
};

const pattern =
  /^(?<account>\d{12})\.dkr(?<separator>[.-])ecr(?<fips>-fips)?\.(?<region>[a-z0-9]+(?:-[a-z0-9]+)+)\.(?<domain>.+)$/;

/** @returns undefined for all other registries, and for public.ecr.aws, which needs no credentials to pull. */
export function parseEcrHost(registry: string): EcrHost | undefined {
  const groups = pattern.exec(registry.toLowerCase())?.groups;
  if (!groups?.account || !groups.region || !groups.domain) return undefined;
  const isDualStack = groups.separator === '-';
  const domains = isDualStack ? dualStack : singleStack;
  if (!Object.hasOwn(domains, groups.domain)) return undefined;
  const partition = domains[groups.domain] ?? 'aws';
  return {
    accountId: groups.account,
    region: groups.region,
    // GovCloud shares its domain with the regions that all may use.
    partition: partition === 'aws' && groups.region.startsWith('us-gov-') ? 'aws-us-gov' : partition,
    isFips: groups.fips !== undefined,
    isDualStack,
  };
}
