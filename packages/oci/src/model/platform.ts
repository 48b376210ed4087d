import { ociErrors } from '../errors/errors.ts';

/** Architectures by their GOARCH names. https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md */
export type Architecture = 'amd64' | 'arm64';

export interface Platform {
  readonly os: 'linux';
  readonly architecture: Architecture;
  readonly variant?: string;
}

/** Every platform that Catamaran builds for, in the order in which an index lists them. */
export const platforms: readonly Platform[] = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm64' },
];

/**
 * Reads `linux/arm64` or `linux/arm64/v8`; v8 is arm64's only variant and is left out of the result, so that
 * the two spellings compare equal (as containerd normalises them).
 * @throws CATA_PLATFORM_INVALID
 */
export function parsePlatform(text: string): Platform {
  const normalised = text.replace(/^(linux\/arm64)\/v8$/, '$1');
  const platform = platforms.find((known) => formatPlatform(known) === normalised);
  if (!platform) {
    throw ociErrors.CATA_PLATFORM_INVALID({ text, known: platforms.map(formatPlatform).join(', ') });
  }
  return platform;
}

export function formatPlatform(platform: Platform): string {
  return [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/');
}

export function samePlatform(a: Platform, b: Platform): boolean {
  return normalised(a) === normalised(b);
}

function normalised(platform: Platform): string {
  return formatPlatform(platform).replace(/^(linux\/arm64)\/v8$/, '$1');
}

/** The platform of the machine that this process runs on, or undefined when Catamaran does not know it. */
export function hostPlatform(
  os: string = process.platform,
  arch: string = process.arch,
): Platform | undefined {
  const architecture = arch === 'x64' ? 'amd64' : arch;
  return platforms.find((platform) => platform.os === os && platform.architecture === architecture);
}
