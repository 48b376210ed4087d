import { type Context, formatPlatform, type Platform, sharedLookup } from '@catamaran/oci';
import { nodeBinary } from '../builders/node/image-paths.ts';
import type { Cache } from '../cache/cache.ts';
import { buildErrors } from '../errors.ts';
import type { Project } from '../project/project.ts';
import type { Target, TargetOf } from '../target/target.ts';
import type { BaseSource } from './base-source.ts';
import { type BaseLook, lookAtBase } from './look/look-at-base.ts';

/**
 * What native code on a base has to fit. Debian's packages need no look: they have glibc; any other base is looked into.
 * @throws CATA_BASE_LIBC_MISSING, CATA_BASE_MUSL, CATA_BASE_NODE_MISSING, CATA_BASE_NODE_VERSION, from the function that is returned
 */
export function baseTarget(
  { base: { kind }, node }: Pick<Project, 'base' | 'node'>,
  base: BaseSource,
  cache: Cache,
): TargetOf {
  if (kind === 'debian' && node !== 'base') {
    return async (platform) => ({ platform, libc: 'glibc', nodeVersion: node, nodePath: nodeBinary });
  }
  return sharedLookup({
    keyOf: formatPlatform,
    look: async (platform: Platform, ctx: Context): Promise<Target> => {
      const look = await lookAtBase(await base.resolve(platform, ctx), platform, cache, ctx);
      return targetOf(look, platform, node, base.subject);
    },
  });
}

function targetOf(look: BaseLook, platform: Platform, node: string, base: string): Target {
  const { libc, searchPath } = look;
  const named = { base, platform: formatPlatform(platform) };
  if (!libc) throw buildErrors.CATA_BASE_LIBC_MISSING(named);
  if (node !== 'base') {
    if (libc === 'musl') throw buildErrors.CATA_BASE_MUSL({ ...named, version: node });
    return { platform, libc, nodeVersion: node, nodePath: nodeBinary };
  }
  if (!look.node) throw buildErrors.CATA_BASE_NODE_MISSING({ ...named, searchPath });
  const { version: nodeVersion, path: nodePath } = look.node;
  if (!nodeVersion) throw buildErrors.CATA_BASE_NODE_VERSION({ ...named, path: `/${nodePath}` });
  return { platform, libc, nodeVersion, nodePath };
}
