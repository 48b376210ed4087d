import { posix } from 'node:path';
import type { Context } from '@catamaran/oci';
import { npmCpu } from '../target/target.ts';
import { type BinarySource, fetchBinary } from './binary-source.ts';
import { isElfFor } from './foreign-files.ts';
import { installCommand } from './install-command.ts';
import type { NativeRequest, NativeServices, ScriptEnv } from './native-request.ts';
import { asPacked, type NativeResolution } from './native-resolution.ts';
import { nodeAbi, nodeApiVersion } from './node-abi.ts';
import { field, numbersField, textField } from './package-fields.ts';
import { unpackBinaries } from './unpack-binaries.ts';

/** Where node-pre-gyp fetches a package's binary from, and where it puts it. */
export interface PreGypSource extends BinarySource {
  /** The folder that the archive is unpacked into, below the package's. */
  readonly modulePath: string;
  /** The addon itself. */
  readonly module: string;
}

/** What `node-pre-gyp install` would download on the target, unpacked where it would unpack it. */
export async function nodePreGyp(
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<NativeResolution | undefined> {
  if (installCommand(request.inventory, 'node-pre-gyp')?.[0] !== 'install') return undefined;
  const source = preGypSource(request, await services.scriptEnv());
  if (!source) return undefined;
  const packed = request.inventory.files.find(({ path }) => path === source.module);
  if (packed && isElfFor(packed, request.target)) return asPacked;
  const archive = await fetchBinary(source, request, services, ctx);
  // As tar's --strip-components=1.
  const added = await unpackBinaries(archive, source.url, request, (path) =>
    path.includes('/') ? posix.join(source.modulePath, path.slice(path.indexOf('/') + 1)) : undefined,
  );
  return { leftOut: packed ? [source.module] : [], added };
}

/**
 * What node-pre-gyp makes of a package's `binary`, on the target.
 * https://github.com/mapbox/node-pre-gyp/blob/master/lib/util/versioning.js
 * @returns undefined where there is nothing for it to go by, or a Node.js that is not known here
 */
export function preGypSource(request: NativeRequest, env: ScriptEnv): PreGypSource | undefined {
  const binary = field(request.inventory.manifest, 'binary');
  const moduleName = textField(binary, 'module_name');
  const path = textField(binary, 'module_path');
  const host = textField(binary, 'host') ?? textField(binary, 'production_host');
  const values = moduleName && path ? placeholders(request, moduleName, env) : undefined;
  if (!values || !moduleName || !path || !host) return undefined;
  // Version 1 and 2 replace the first hyphen, versions before them none.
  const variables = [moduleName.replace('-', '_'), moduleName].map((name) => `${name}_binary_host_mirror`);
  const mirror = variables.map((name) => env[`npm_config_${name}`]).find(Boolean);
  const base = withSlash(expand(mirror ?? host, values));
  const remote = textField(binary, 'remote_path');
  const inBucket = field(binary, 's3ForcePathStyle') === true ? `${values.bucket}/` : '';
  const folder = (inBucket + (remote ? withSlash(expand(remote, values)) : '')).replace(/\/\//g, '/');
  const archive = expand(textField(binary, 'package_name') ?? defaultArchive, values);
  // Forks know more placeholders, such as the version of the C library.
  if (/\{\w+\}/.test(base + folder + archive)) return undefined;
  const modulePath = posix.normalize(expand(path, values)).replace(/\/$/, '');
  return {
    url: new URL(archive, new URL(folder, base)).href.replace('+', '%2B'),
    mirror: `"${variables[0]}=…" in .npmrc`,
    modulePath,
    module: posix.join(modulePath, `${moduleName}.node`),
  };
}

const defaultArchive = '{module_name}-v{version}-{node_abi}-{platform}-{arch}.tar.gz';

function placeholders({ inventory, target }: NativeRequest, moduleName: string, env: ScriptEnv) {
  const modules = nodeAbi(target.nodeVersion);
  if (!modules) return undefined;
  const { name, version, manifest } = inventory;
  const nodeApi = nodeApiVersion(target.nodeVersion);
  const usable = numbersField(field(manifest, 'binary'), 'napi_versions').filter((one) => one <= nodeApi);
  const best = usable.length > 0 ? String(Math.max(...usable)) : '';
  const [, core = '', prerelease = '', build = ''] = /^([^-+]*)(?:-([^+]*))?(?:\+(.*))?$/.exec(version) ?? [];
  const [major = '', minor = '', patch = ''] = core.split('.');
  return {
    name,
    configuration: 'Release',
    debug: 'undefined',
    module_name: moduleName,
    // semver leaves the build out.
    version: prerelease ? `${core}-${prerelease}` : core,
    prerelease,
    build,
    major,
    minor,
    patch,
    runtime: 'node',
    node_abi: `node-v${modules}`,
    node_abi_napi: 'napi',
    napi_version: String(nodeApi),
    napi_build_version: best,
    node_napi_label: best ? `napi-v${best}` : `node-v${modules}`,
    target: '',
    platform: target.platform.os,
    target_platform: target.platform.os,
    arch: npmCpu(target),
    target_arch: npmCpu(target),
    libc: target.libc,
    toolset: env.npm_config_toolset ?? '',
    bucket: textField(field(manifest, 'binary'), 'bucket') ?? 'undefined',
    region: textField(field(manifest, 'binary'), 'region') ?? 'undefined',
  };
}

function expand(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
