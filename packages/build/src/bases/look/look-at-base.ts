import {
  type Context,
  descriptorOf,
  formatPlatform,
  type Image,
  type Platform,
  runStep,
} from '@catamaran/oci';
import { type Cache, cacheKey } from '../../cache/cache.ts';
import type { Libc } from '../../target/target.ts';
import { baseTree } from './base-tree.ts';
import { findLibc } from './find-libc.ts';
import { type FoundNode, findNode, searchPath, variableOf } from './find-node.ts';
import { readNodeVersion } from './read-node-version.ts';

/** What a base says of itself by what is in it; JSON all through. */
export interface BaseLook {
  readonly libc?: Libc;
  /** Where programs are looked for. */
  readonly searchPath: string;
  readonly node?: {
    /** From the root, as in "usr/local/bin/node". */
    readonly path: string;
    /** Undefined when it cannot be told. */
    readonly version?: string;
  };
}

/** Changes whenever the same base would look different. */
const lookVersion = 1;

/** Looks into a base's files, and runs none of them. What was seen is kept by the base's digest. */
export async function lookAtBase(
  image: Image,
  platform: Platform,
  cache: Cache,
  ctx: Context,
): Promise<BaseLook> {
  const { digest } = await descriptorOf(image);
  const key = cacheKey({ look: lookVersion, digest });
  const kept = await cache.getJson<BaseLook>('bases', key);
  if (kept) return kept;
  const look = await runStep(
    `base.look.${digest}`,
    `C library and Node.js of the base for ${formatPlatform(platform)}`,
    ctx,
    async (step) => {
      const seen = await lookInto(image, platform, ctx);
      step.conclude(describe(seen));
      return seen;
    },
  );
  await cache.putJson('bases', key, look);
  return look;
}

async function lookInto(image: Image, platform: Platform, ctx: Context): Promise<BaseLook> {
  const execution = (await image.config()).value.config ?? {};
  const tree = await baseTree(image, ctx);
  const libc = findLibc(tree, platform);
  const node = findNode(tree, execution);
  const version = node && (declaredVersion(execution) ?? (await readNodeVersion(node, tree, image, ctx)));
  return {
    searchPath: searchPath(execution),
    ...(libc ? { libc } : {}),
    ...(node ? { node: nodeOf(node, version) } : {}),
  };
}

function nodeOf({ path }: FoundNode, version: string | undefined): NonNullable<BaseLook['node']> {
  return { path, ...(version ? { version } : {}) };
}

/** As the official images of Node.js declare it. */
function declaredVersion(execution: Parameters<typeof variableOf>[0]): string | undefined {
  return /^v?(\d+\.\d+\.\d+)$/.exec(variableOf(execution, 'NODE_VERSION') ?? '')?.[1];
}

function describe({ libc, node }: BaseLook): string {
  return [
    libc ?? 'no C library',
    ...(node ? [`Node.js ${node.version ?? 'of an unknown version'}`] : []),
  ].join(', ');
}
