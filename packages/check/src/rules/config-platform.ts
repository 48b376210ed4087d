import { type DescribedPlatform, formatPlatform, samePlatform } from '@catamaran/oci';
import type { Finding } from './finding.ts';

/** The image says itself that it is for the platform that the index has it for. */
export function configPlatform(config: DescribedPlatform, described: DescribedPlatform): Finding[] {
  if (samePlatform(config, described)) return [];
  const message = `its configuration says ${formatPlatform(config)}, where ${formatPlatform(described)} is expected`;
  return [{ rule: 'config-platform', level: 'error', message }];
}
