import { parseArgs, promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { type Context, digestOf, messageOf } from '@catamaran/oci';
import { gunzipBytes } from '../gunzip-bytes.ts';
import { npmCpu } from '../target/target.ts';
import { type BinarySource, fetchBinary } from './binary-source.ts';
import { installCommand } from './install-command.ts';
import type { NativeRequest, NativeServices, ScriptEnv } from './native-request.ts';
import type { NativeResolution } from './native-resolution.ts';
import { nodeAbi } from './node-abi.ts';
import { field, textField } from './package-fields.ts';
import { requireFitting, wrongBinary } from './unpack-binaries.ts';

const text = { type: 'string' } as const;
const options = {
  artifact: text,
  prefix: text,
  suffix: text,
  host: text,
  'host-var': text,
  'skip-path': { type: 'boolean' },
  'skip-path-var': text,
  'skip-ver': { type: 'boolean' },
  'skip-ver-var': text,
  napi: text,
} as const;

/** Where install-artifact-from-github fetches an addon from, one file, and where it puts it. */
export interface ArtifactSource extends BinarySource {
  readonly artifact: string;
  /** Of what is in the compressed file, where the package states it: of what lies at its own address. */
  readonly expected?: string;
}

/** How the file may be compressed, in the order in which it is asked for. */
const forms: readonly (readonly [ending: string, open: (bytes: Uint8Array) => Promise<Uint8Array>])[] = [
  ['.br', promisify(brotliDecompress)],
  ['.gz', gunzipBytes],
  ['', async (bytes) => bytes],
];

/** What `install-from-cache` would download on the target; re2 has it. */
export async function installArtifact(
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<NativeResolution | undefined> {
  const args = installCommand(request.inventory, 'install-from-cache');
  const source = args && artifactSource(args, request, await services.scriptEnv());
  if (!source) return undefined;
  const content = await firstForm(source, request, services, ctx);
  if (source.expected !== undefined && digestOf(content) !== source.expected) {
    throw wrongBinary(
      request,
      source.url,
      `it has digest ${digestOf(content)}, and the package says ${source.expected}`,
    );
  }
  const file = { path: source.artifact, mode: 0o755, content };
  requireFitting([file], source.url, request);
  return { leftOut: [], added: [file] };
}

async function firstForm(
  source: ArtifactSource,
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<Uint8Array> {
  let first: unknown;
  for (const [ending, open] of forms) {
    const url = `${source.url}${ending}`;
    try {
      const bytes = await fetchBinary({ ...source, url }, request, services, ctx);
      return await open(bytes).catch((cause) => {
        throw wrongBinary(request, url, messageOf(cause), cause);
      });
    } catch (error) {
      ctx.signal.throwIfAborted();
      first ??= error;
    }
  }
  throw first;
}

/**
 * The address without its ending. https://github.com/uhop/install-artifact-from-github/wiki/install-from-cache
 * @returns undefined where there is nothing to go by
 */
export function artifactSource(
  args: readonly string[],
  { inventory: { manifest, version }, target }: NativeRequest,
  env: ScriptEnv,
): ArtifactSource | undefined {
  const { values } = parseArgs({ args: [...args], options, strict: false }) as { values: Values };
  const repository = githubRepository(manifest);
  const abi = nodeAbi(target.nodeVersion);
  if (!values.artifact || !repository || !abi) return undefined;
  const hostVariable = values['host-var'] ?? 'DOWNLOAD_HOST';
  const host = (values.host || env[hostVariable] || repository.host).replace(/\/+$/, '');
  const folder = `${repository.path}/releases/download`;
  const skipsPath = values['skip-path'] || env[values['skip-path-var'] ?? 'DOWNLOAD_SKIP_PATH'];
  const skipsVersion = values['skip-ver'] || env[values['skip-ver-var'] ?? 'DOWNLOAD_SKIP_VER'];
  const system = target.libc === 'musl' ? 'linux-musl' : 'linux';
  const slot = `${system}-${npmCpu(target)}-${values.napi ? `napi-v${values.napi}` : abi}`;
  const name = `${values.prefix ?? ''}${slot}${values.suffix ?? ''}`;
  const url = [host, ...(skipsPath ? [] : [folder]), ...(skipsVersion ? [] : [version]), name].join('/');
  const hashes = url.startsWith(`${repository.host}/${folder}/`)
    ? field(manifest, 'artifactHashes')
    : undefined;
  return {
    url,
    mirror: `${hostVariable}=… in the environment`,
    artifact: values.artifact,
    ...(hashes ? { expected: textField(hashes, slot) ?? 'nothing of it' } : {}),
  };
}

interface Values {
  readonly [name: string]: string | undefined;
}

function githubRepository(manifest: NativeRequest['inventory']['manifest']) {
  const repository = field(manifest, 'repository');
  const isGit = textField(repository, 'type') === 'git';
  const url = textField(manifest, 'github') ?? (isGit ? textField(repository, 'url') : undefined);
  const found =
    /^(?:https?|git|git\+ssh|git\+https?):\/\/(?:[^@/]*@)?([^/]+)\/([^/]+)\/([^/.]+)(?:\/|\.git\b|$)/i.exec(
      url ?? '',
    );
  const scheme = /^http:/i.test(url ?? '') ? 'http' : 'https';
  return found ? { host: `${scheme}://${found[1]}`, path: `${found[2]}/${found[3]}` } : undefined;
}
