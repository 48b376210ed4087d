import { parseArgs } from 'node:util';
import type { Context } from '@catamaran/oci';
import { npmCpu } from '../target/target.ts';
import { type BinarySource, fetchBinary } from './binary-source.ts';
import { installCommand } from './install-command.ts';
import type { NativeRequest, NativeServices, ScriptEnv } from './native-request.ts';
import type { NativeResolution } from './native-resolution.ts';
import { nodeAbi, nodeApiVersion } from './node-abi.ts';
import { field, numbersField, textField } from './package-fields.ts';
import { unpackBinaries } from './unpack-binaries.ts';

/** As in https://github.com/prebuild/prebuild-install#help; what it says of the platform is the target's here. */
const flags = {
  runtime: { type: 'string', short: 'r' },
  target: { type: 'string', short: 't' },
  download: { type: 'string', short: 'd' },
  'tag-prefix': { type: 'string' },
} as const;

/** What `prebuild-install` would download on the target, unpacked where it would unpack it. */
export async function prebuildInstall(
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<NativeResolution | undefined> {
  const args = installCommand(request.inventory, 'prebuild-install');
  if (!args) return undefined;
  const source = prebuildSource(args, request, await services.scriptEnv());
  if (!source) return undefined;
  const url = source.url;
  const local = await request.readFile(`prebuilds/${url.slice(url.lastIndexOf('/') + 1)}`, ctx);
  const archive = local ?? (await fetchBinary(source, request, services, ctx));
  return { leftOut: [], added: await unpackBinaries(archive, url, request, (path) => path) };
}

/**
 * The address that prebuild-install 7 makes of a package, on the target.
 * https://github.com/prebuild/prebuild-install/blob/master/util.js
 * @returns undefined for a runtime other than Node.js, or a Node.js that is not known here
 */
export function prebuildSource(
  args: readonly string[],
  { inventory: { manifest, name, version }, target }: NativeRequest,
  env: ScriptEnv,
): BinarySource | undefined {
  const { values } = parseArgs({ args: [...args], options: flags, strict: false });
  const config = field(manifest, 'config');
  const runtime = given(values.runtime) ?? textField(config, 'runtime') ?? 'node';
  const wanted = given(values.target) ?? textField(config, 'target');
  const nodeModules = nodeAbi(target.nodeVersion);
  const abi =
    runtime === 'napi' ? (wanted ?? bestNodeApi(manifest, target.nodeVersion)) : abiOf(wanted, nodeModules);
  if (!nodeModules || !abi || (runtime !== 'node' && runtime !== 'napi')) return undefined;
  const variable = mirrorVariable(name);
  const tagPrefix = given(values['tag-prefix']) ?? 'v';
  const template =
    given(values.download) ??
    urlTemplate(manifest, env[`${variable}_binary_host`] || env[`${variable}_binary_host_mirror`]);
  const shortName = name.replace(/^@[^/]+\//, '');
  const [major, minor, patch] = version.split('.');
  const parts = {
    name: shortName,
    package_name: shortName,
    version,
    major,
    minor,
    patch,
    prerelease: version.split('-')[1],
    build: version.split('+')[1],
    abi,
    node_abi: nodeModules,
    runtime,
    platform: target.platform.os,
    arch: npmCpu(target),
    libc: target.libc === 'glibc' ? '' : target.libc,
    configuration: 'Release',
    module_name: textField(field(manifest, 'binary'), 'module_name'),
    tag_prefix: tagPrefix,
  };
  return template === undefined
    ? undefined
    : {
        url: expand(template, parts),
        mirror: `"${variable.replace('npm_config_', '')}_binary_host=…" in .npmrc`,
      };
}

function given(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An ABI is taken as it is, a version of Node.js for its ABI. */
function abiOf(wanted: string | undefined, nodeModules: string | undefined): string | undefined {
  if (wanted === undefined) return nodeModules;
  return /^\d+$/.test(wanted) ? wanted : nodeAbi(wanted.replace(/^v/, ''));
}

function bestNodeApi(
  manifest: NativeRequest['inventory']['manifest'],
  nodeVersion: string,
): string | undefined {
  const versions = numbersField(field(manifest, 'binary'), 'napi_versions');
  const usable = versions.filter((one) => one <= nodeApiVersion(nodeVersion));
  return usable.length > 0 ? String(Math.max(...usable)) : undefined;
}

function mirrorVariable(name: string): string {
  return `npm_config_${name.replace(/[^a-zA-Z0-9]/g, '_').replace(/^_/, '')}`;
}

const archiveName = '{name}-v{version}-{runtime}-v{abi}-{platform}{libc}-{arch}.tar.gz';

function urlTemplate(manifest: NativeRequest['inventory']['manifest'], mirror?: string): string | undefined {
  if (mirror) return `${mirror}/{tag_prefix}{version}/${archiveName}`;
  const binary = field(manifest, 'binary');
  const host = textField(binary, 'host');
  if (host) {
    const parts = [host, textField(binary, 'remote_path'), textField(binary, 'package_name') ?? archiveName];
    return parts
      .map((part) => part?.replace(/^\.\/|^\/|\/$/g, ''))
      .filter(Boolean)
      .join('/');
  }
  const repository = githubRepository(manifest);
  return repository && `${repository}/releases/download/{tag_prefix}{version}/${archiveName}`;
}

/** The first address on GitHub: in `repository`, else anywhere. https://github.com/juliangruber/github-from-package */
function githubRepository(manifest: NativeRequest['inventory']['manifest']): string | undefined {
  const pattern = /\bgithub.com[:/]([^/"]+)\/([^/"]+)/;
  const found =
    pattern.exec(JSON.stringify(manifest.repository) ?? '') ?? pattern.exec(JSON.stringify(manifest));
  return found ? `https://github.com/${found[1]}/${found[2]?.replace(/\.git$/, '')}` : undefined;
}

/** In the order of the names, as https://github.com/ralphtheninja/expand-template does. */
function expand(template: string, parts: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(parts).reduce(
    (text, [name, value]) => text.replace(new RegExp(`\\{\\s*${name}\\s*\\}`, 'g'), () => String(value)),
    template,
  );
}
