import { ociErrors } from '../errors/errors.ts';

/** Architectures by their GOARCH names. https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md */
export type Architecture = 'amd64' | 'arm64';

export interface Platform {
  readonly os: 'linux';
  readonly architecture: Architecture;
  readonly variant?: string;
}

/** A platform as somebody's index describes it; it need not be one that Catamaran builds for. */
export interface DescribedPlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly 'os.version'?: string;
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
  if (!platform) throw platformInvalid(text);
  return platform;
}

/**
 * Reads any `os/architecture[/variant]`, for images that were made elsewhere.
 * @throws CATA_PLATFORM_INVALID
 */
export function parseDescribedPlatform(text: string): DescribedPlatform {
  const [os, architecture, variant, ...rest] = text.split('/');
  const isName = (part: string | undefined) => part === undefined || /^[a-z0-9][a-z0-9_.-]*$/.test(part);
  if (!os || !architecture || rest.length > 0 || ![os, architecture, variant].every(isName)) {
    throw platformInvalid(text);
  }
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

export function formatPlatform(platform: DescribedPlatform): string {
  return [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/');
}

export function samePlatform(a: DescribedPlatform, b: DescribedPlatform): boolean {
  return normalised(a) === normalised(b);
}

/** The platform that Catamaran knows by this description. */
export function knownPlatform(described: DescribedPlatform): Platform | undefined {
  return platforms.find((platform) => samePlatform(platform, described));
}

/** One spelling for each: arm64 is v8 and 32-bit arm v7 where nothing else is said (containerd's platforms package). */
function normalised(platform: DescribedPlatform): string {
  const { os, architecture, variant } = platform;
  if (architecture === 'arm64' && variant === 'v8') return formatPlatform({ os, architecture });
  if (architecture === 'amd64' && variant === 'v1') return formatPlatform({ os, architecture });
  if (architecture === 'arm' && !variant) return formatPlatform({ os, architecture, variant: 'v7' });
  return formatPlatform(platform);
}

function platformInvalid(text: string): Error {
  return ociErrors.CATA_PLATFORM_INVALID({ text, known: platforms.map(formatPlatform).join(', ') });
}

/** The platform of the machine that this process runs on, or undefined when Catamaran does not know it. */
export function hostPlatform(
  os: string = process.platform,
  arch: string = process.arch,
): Platform | undefined {
  const architecture = arch === 'x64' ? 'amd64' : arch;
  return platforms.find((platform) => platform.os === os && platform.architecture === architecture);
}
