import { resolve } from 'node:path';
import type { DebianBaseConfig } from '../../project/base-schema.ts';
import type { DebianBaseOptions } from './debian-base.ts';
import { hostSources } from './host-sources.ts';

/** A configuration's Debian with paths from the project's folder, and this machine's sources where it names none. */
export function debianOptions(
  { suite, packages, sources }: DebianBaseConfig,
  folder: string,
  sourceDateEpoch: number,
): DebianBaseOptions {
  const configured = sources?.map(({ signedBy, ...source }) => ({
    ...source,
    uri: source.uri.replace(/\/+$/, ''),
    signedBy: [signedBy.includes('-----BEGIN') ? signedBy : resolve(folder, signedBy)],
  }));
  return {
    suite,
    packages,
    sources: async () => configured ?? hostSources(suite),
    sourceDateEpoch,
  };
}
