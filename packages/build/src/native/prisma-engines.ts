import { readFile } from 'node:fs/promises';
import { posix, resolve } from 'node:path';
import { type Context, messageOf } from '@catamaran/oci';
import { gunzipBytes } from '../gunzip-bytes.ts';
import type { Target } from '../target/target.ts';
import { type BinarySource, fetchBinary } from './binary-source.ts';
import type { NativeRequest, NativeServices, ScriptEnv } from './native-request.ts';
import { type AddedFile, asPacked, type NativeResolution } from './native-resolution.ts';
import { field, textField } from './package-fields.ts';
import { requireFitting, wrongBinary } from './unpack-binaries.ts';

type Engine = 'libquery_engine' | 'query-engine' | 'schema-engine';

/**
 * Prisma's engines, which up to Prisma 6 are programs and libraries for one platform each. `@prisma/client` looks for
 * its own in several folders, the package's among them; `@prisma/engines` is the command line's, which migrates.
 */
export async function prismaEngines(
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<NativeResolution | undefined> {
  const { name, version, manifest } = request.inventory;
  if (name === 'prisma') return asPacked;
  const engines =
    name === '@prisma/engines' ? cliEngines : name === '@prisma/client' ? clientEngines : undefined;
  const major = Number(version.split('.')[0]);
  // Prisma 7 has its engine as WebAssembly, in the package.
  if (!engines || major < 5 || major > 6) return undefined;
  const commit = engineCommit(manifest);
  if (!commit) return undefined;
  const env = await services.scriptEnv();
  const added: AddedFile[] = [];
  for (const engine of await engines(request, services)) {
    added.push(await fetchEngine(engine, commit, env, request, services, ctx));
  }
  return { leftOut: [], added: added.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** What the postinstall of @prisma/engines fetches. */
async function cliEngines(): Promise<readonly Engine[]> {
  return ['libquery_engine', 'schema-engine'];
}

/** By what `prisma generate` has written beside the client: that with engineType "client" has none. */
async function clientEngines(
  { location }: NativeRequest,
  services: NativeServices,
): Promise<readonly Engine[]> {
  const path = resolve(services.root, posix.dirname(posix.dirname(location)), '.prisma/client/index.js');
  services.inputs.file(path);
  const generated = await readFile(path, 'utf8').catch(() => '');
  if (/"copyEngine":\s*false/.test(generated)) return [];
  const type = /"engineType":\s*"(\w+)"/.exec(generated)?.[1];
  return type === 'client' ? [] : [type === 'binary' ? 'query-engine' : 'libquery_engine'];
}

/** The version of @prisma/engines-version ends with the commit that the engines were made from. */
function engineCommit(manifest: NativeRequest['inventory']['manifest']): string | undefined {
  const wanted = 'dependencies devDependencies'
    .split(' ')
    .map((section) => textField(field(manifest, section), '@prisma/engines-version'))
    .find(Boolean);
  return /\.([0-9a-f]{40})$/.exec(wanted ?? '')?.[1];
}

async function fetchEngine(
  engine: Engine,
  commit: string,
  env: ScriptEnv,
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<AddedFile> {
  const target = binaryTarget(request.target);
  const source = engineSource(engine, commit, target, env);
  const sums = await fetchBinary({ ...source, url: `${source.url}.sha256` }, request, services, ctx);
  const sha256 = /^[0-9a-f]{64}\b/.exec(Buffer.from(sums).toString('utf8').trim())?.[0];
  if (!sha256) throw wrongBinary(request, `${source.url}.sha256`, 'it is no SHA-256 hash');
  const compressed = await fetchBinary({ ...source, sha256 }, request, services, ctx);
  const content = await gunzipBytes(compressed).catch((cause) => {
    throw wrongBinary(request, source.url, messageOf(cause), cause);
  });
  const path = engine === 'libquery_engine' ? `${engine}-${target}.so.node` : `${engine}-${target}`;
  const file = { path, mode: 0o755, content };
  requireFitting([file], source.url, request);
  return file;
}

/** https://github.com/prisma/prisma/blob/6.19.0/packages/fetch-engine/src/utils.ts, getDownloadUrl */
function engineSource(engine: Engine, commit: string, target: string, env: ScriptEnv): BinarySource {
  const mirror = env.PRISMA_BINARIES_MIRROR || env.PRISMA_ENGINES_MIRROR || 'https://binaries.prisma.sh';
  const file = engine === 'libquery_engine' ? `${engine}.so.node` : engine;
  return {
    url: `${mirror}/all_commits/${commit}/${target}/${file}.gz`,
    mirror: 'PRISMA_ENGINES_MIRROR=… in the environment',
  };
}

/**
 * Prisma's name of a platform, as the client tells it when it runs. Every base that there is has OpenSSL 3.
 * https://www.prisma.io/docs/orm/reference/prisma-schema-reference#binarytargets-options
 */
export function binaryTarget({ platform, libc }: Target): string {
  const arm = platform.architecture === 'arm64';
  if (libc === 'musl') return arm ? 'linux-musl-arm64-openssl-3.0.x' : 'linux-musl-openssl-3.0.x';
  return arm ? 'linux-arm64-openssl-3.0.x' : 'debian-openssl-3.0.x';
}
