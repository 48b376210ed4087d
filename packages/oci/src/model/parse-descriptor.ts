import type { Descriptor } from './descriptor.ts';
import { isDigest } from './digest.ts';
import { quotable } from './quotable.ts';

/** @throws Error that names the property; whoever reads the document says which document. */
export function parseDescriptor(value: unknown, name: string): Descriptor {
  const entry = requireObject(value, name);
  const { mediaType, digest, size, platform, artifactType } = entry;
  if (typeof mediaType !== 'string' || !/^[\w.+-]+\/[\w.+;= -]+$/.test(mediaType)) {
    throw new Error(`${name}.mediaType is ${quoted(mediaType)}`);
  }
  if (!isDigest(digest)) throw new Error(`${name}.digest is ${quoted(digest)}`);
  if (!Number.isSafeInteger(size) || (size as number) < 0) throw new Error(`${name}.size is ${quoted(size)}`);
  if (artifactType !== undefined && typeof artifactType !== 'string')
    throw new Error(`${name}.artifactType is ${quoted(artifactType)}`);
  if (platform !== undefined) requirePlatform(platform, `${name}.platform`);
  return entry as unknown as Descriptor;
}

export function requireObject(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${name} is no object`);
  return value as Record<string, unknown>;
}

function requirePlatform(value: unknown, name: string): void {
  const { os, architecture, variant } = requireObject(value, name);
  for (const [key, part] of Object.entries({ os, architecture })) {
    if (typeof part !== 'string') throw new Error(`${name}.${key} is ${quoted(part)}`);
  }
  if (variant !== undefined && typeof variant !== 'string')
    throw new Error(`${name}.variant is ${quoted(variant)}`);
}

/** As JSON, in short: what somebody else wrote may be of any length and depth. */
export function quoted(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return typeof value === 'string' ? quotable(JSON.stringify(value.slice(0, 1000)), 80) : String(value);
}
