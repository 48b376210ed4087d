import { describe, expect, it } from 'vitest';
import type { Descriptor } from '../model/descriptor.ts';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { type DescribedPlatform, parseDescribedPlatform } from '../model/platform.ts';
import { findPlatform } from './find-platform.ts';

function entry(name: string, platform?: DescribedPlatform, more: Partial<Descriptor> = {}): Descriptor {
  return {
    mediaType: mediaTypes.manifest,
    digest: digestOf(name),
    size: 1,
    ...(platform ? { platform } : {}),
    ...more,
  };
}

const unknown = { os: 'unknown', architecture: 'unknown' };
const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };
/** As an index of buildx with attestations and SOCI's own indexes may look. */
const entries = [
  entry('soci', amd64, { artifactType: 'application/vnd.amazon.soci.index.v1+json' }),
  entry('attestation', unknown, { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }),
  entry('no platform'),
  entry('windows', { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.1' }),
  entry('amd64', amd64),
  entry('amd64 again', amd64),
  entry('amd64 v3', { ...amd64, variant: 'v3' }),
  entry('arm v6', { os: 'linux', architecture: 'arm', variant: 'v6' }),
  entry('arm', { os: 'linux', architecture: 'arm' }),
  entry('arm64 v8', { ...arm64, variant: 'v8' }),
];

describe('findPlatform', () => {
  it.each([
    ['linux/amd64', 'amd64'],
    ['linux/amd64/v1', 'amd64'],
    ['linux/amd64/v3', 'amd64 v3'],
    ['linux/arm64', 'arm64 v8'],
    ['linux/arm64/v8', 'arm64 v8'],
    ['linux/arm/v6', 'arm v6'],
    ['linux/arm/v7', 'arm'],
    ['linux/arm', 'arm'],
    ['windows/amd64', 'windows'],
    ['unknown/unknown', 'attestation'],
  ])('finds %s: the first image of that platform, and no artifact', (platform, name) => {
    expect(findPlatform(entries, parseDescribedPlatform(platform))?.digest).toBe(digestOf(name));
  });

  it.each(['linux/arm64/v9', 'linux/arm/v5', 'linux/amd64/v2', 'freebsd/amd64', 'linux/riscv64'])(
    'has none for %s, rather than one that is alike',
    (platform) => {
      expect(findPlatform(entries, parseDescribedPlatform(platform))).toBeUndefined();
    },
  );

  it('has none in an empty index', () => {
    expect(findPlatform([], amd64)).toBeUndefined();
  });
});
