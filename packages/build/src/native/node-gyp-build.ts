import { formatPlatform } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import { npmCpu, type Target } from '../target/target.ts';
import { isElfFor } from './foreign-files.ts';
import type { NativeRequest } from './native-request.ts';
import type { NativeResolution } from './native-resolution.ts';
import { nodeAbi } from './node-abi.ts';
import { dependsOn } from './package-fields.ts';
import type { InventoryFile } from './package-inventory.ts';

/** As node-gyp-build reads them out of a file's name, as in "node.napi.armv8.glibc.node". */
interface Tags {
  readonly file: string;
  runtime?: string;
  napi?: boolean;
  abi?: string;
  uv?: string;
  armv?: string;
  libc?: string;
  specificity: number;
}

/** `process.versions.uv` of every Node.js since 0.12. */
const uvMajor = '1';

/**
 * Addons in the tarball itself, of which node-gyp-build chooses one when the package is loaded: that one stays.
 * @returns undefined where it would find none
 * @throws CATA_NATIVE_BINARY_WRONG when what it would choose is not for the target
 */
export async function nodeGypBuild({
  inventory,
  target,
}: NativeRequest): Promise<NativeResolution | undefined> {
  const { files, manifest, name, version } = inventory;
  if (!dependsOn(manifest, 'node-gyp-build', 'node-gyp-build-optional-packages')) return undefined;
  const compiled = files.filter(({ path }) => /^build\/(?:Release|Debug)\/[^/]+\.node$/.test(path));
  const prebuilds = files.filter(({ path }) => path.startsWith('prebuilds/'));
  // What was compiled comes first, whatever it was compiled for.
  const foreign = compiled.filter((file) => !isElfFor(file, target)).map(({ path }) => path);
  if (compiled.length > foreign.length) return { leftOut: foreign, added: [] };
  const chosen = choosePrebuild(
    prebuilds.map(({ path }) => path),
    target,
  );
  if (chosen === undefined) return undefined;
  const file = prebuilds.find(({ path }) => path === chosen);
  if (!file || !isElfFor(file, target)) {
    throw buildErrors.CATA_NATIVE_BINARY_WRONG({
      name,
      version,
      platform: formatPlatform(target.platform),
      source: chosen,
      reason: `it is ${file?.binary ? `${file.binary.format} for ${file.binary.machine}` : 'no native code'}`,
    });
  }
  return { leftOut: [...foreign, ...notChosen(prebuilds, chosen)], added: [] };
}

/** Other platforms' folders as a whole; beside what was chosen, what else could have been: libraries stay. */
function notChosen(prebuilds: readonly InventoryFile[], chosen: string): string[] {
  const folder = chosen.slice(0, chosen.lastIndexOf('/') + 1);
  return prebuilds
    .map(({ path }) => path)
    .filter((path) =>
      path.startsWith(folder) ? path.endsWith('.node') && path !== chosen : path.split('/').length > 2,
    );
}

/**
 * Which file below prebuilds/ node-gyp-build 4 loads on a target when there is nothing in build/.
 * https://github.com/prebuild/node-gyp-build/blob/master/node-gyp-build.js
 * @param paths of the package's files. @returns undefined where it finds none
 */
export function choosePrebuild(paths: readonly string[], target: Target): string | undefined {
  const folder = prebuildFolder(paths, target);
  if (folder === undefined) return undefined;
  const names = entriesOf(paths, `prebuilds/${folder}/`);
  const candidates = names.flatMap((name) => parseTags(name) ?? []).filter((tags) => fits(tags, target));
  const [chosen] = candidates.sort(moreSpecific);
  return chosen && `prebuilds/${folder}/${chosen.file}`;
}

/** "linux-x64", or "linux-x64+arm64" where no folder is for one CPU alone. */
function prebuildFolder(paths: readonly string[], target: Target): string | undefined {
  const tuples = entriesOf(paths, 'prebuilds/').flatMap((name) => {
    const [system, cpus, ...rest] = name.split('-');
    const architectures = cpus?.split('+') ?? [];
    const isTuple = system && rest.length === 0 && architectures.every(Boolean);
    const isOurs = system === target.platform.os && architectures.includes(npmCpu(target));
    return isTuple && isOurs ? [{ name, architectures }] : [];
  });
  return tuples.sort((a, b) => a.architectures.length - b.architectures.length)[0]?.name;
}

/** Names in a folder in the order in which Node lists them on Linux: by their bytes. */
function entriesOf(paths: readonly string[], folder: string): string[] {
  const inside = paths.filter((path) => path.startsWith(folder));
  const names = new Set(inside.map((path) => path.slice(folder.length).split('/')[0] ?? ''));
  return [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function parseTags(file: string): Tags | undefined {
  const parts = file.split('.');
  if (parts.pop() !== 'node') return undefined;
  const tags: Tags = { file, specificity: 0 };
  for (const part of parts) {
    if (part === 'node' || part === 'electron' || part === 'node-webkit') tags.runtime = part;
    else if (part === 'napi') tags.napi = true;
    else if (part.startsWith('abi')) tags.abi = part.slice(3);
    else if (part.startsWith('uv')) tags.uv = part.slice(2);
    else if (part.startsWith('armv')) tags.armv = part.slice(4);
    else if (part === 'glibc' || part === 'musl') tags.libc = part;
    else continue;
    tags.specificity++;
  }
  return tags;
}

function fits(tags: Tags, target: Target): boolean {
  const armv = target.platform.architecture === 'arm64' ? '8' : '';
  return (
    (!tags.runtime || tags.runtime === 'node') &&
    (!tags.abi || tags.abi === nodeAbi(target.nodeVersion) || tags.napi === true) &&
    (!tags.uv || tags.uv === uvMajor) &&
    (!tags.armv || tags.armv === armv) &&
    (!tags.libc || tags.libc === target.libc)
  );
}

/** The order of node-gyp-build, which is not one where two name different ABIs. */
function moreSpecific(a: Tags, b: Tags): number {
  if (a.runtime !== b.runtime) return a.runtime === 'node' ? -1 : 1;
  if (a.abi !== b.abi) return a.abi ? -1 : 1;
  return b.specificity - a.specificity;
}
