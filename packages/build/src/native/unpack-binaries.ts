import { posix } from 'node:path';
import { collectBytes, formatPlatform, isUnsafePath, messageOf, readTar, streamOf } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import { gunzipStream } from '../gunzip-stream.ts';
import { binaryKind } from './binary-kind.ts';
import type { NativeRequest } from './native-request.ts';
import type { AddedFile } from './native-resolution.ts';
import { nodeAbi } from './node-abi.ts';

/** They are held in memory; no addon with its libraries comes near. */
const maxUnpackedBytes = 1024 ** 3;

/**
 * The files of a fetched archive, a gzip-compressed tar, where an install script would have put them.
 * @param place where a path of the archive goes, below the package's folder; undefined for what is dropped
 * @throws CATA_NATIVE_BINARY_WRONG when it is none, or not all of its native code is for the target
 */
export async function unpackBinaries(
  archive: Uint8Array,
  url: string,
  request: NativeRequest,
  place: (path: string) => string | undefined,
): Promise<AddedFile[]> {
  const files = await readFiles(archive, place).catch((cause) => {
    throw wrongBinary(request, url, messageOf(cause), cause);
  });
  requireFitting(files, url, request);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function readFiles(
  archive: Uint8Array,
  place: (path: string) => string | undefined,
): Promise<AddedFile[]> {
  const files = new Map<string, AddedFile>();
  let unpackedBytes = 0;
  for await (const { path, type, mode, target, sizeBytes, content } of readTar(
    gunzipStream(streamOf(archive)),
  )) {
    const to = place(path);
    if (type === 'directory' || to === undefined || to === '') continue;
    if (isUnsafePath(path) || type === 'other') throw new Error(`it has a ${type} "${path}"`);
    unpackedBytes += sizeBytes;
    if (unpackedBytes > maxUnpackedBytes)
      throw new Error(`it unpacks to more than ${maxUnpackedBytes} bytes`);
    const link = type === 'file' ? undefined : linkedFrom(path, type, target);
    const linked = link !== undefined && files.get(place(link) ?? '');
    if (link !== undefined && !linked)
      throw new Error(`its "${path}" leads to "${target}", which is not in it`);
    const bytes = linked ? linked.content : await collectBytes(content());
    files.set(to, { path: to, mode: mode & 0o111 ? 0o755 : 0o644, content: bytes });
  }
  return [...files.values()];
}

/** The path in the archive that a link leads to; a symbolic one begins where it is itself. */
function linkedFrom(path: string, type: string, target: string): string {
  return type === 'symlink' ? posix.join(posix.dirname(path), target) : target;
}

/** Native code of another system among them is somebody's mistake; without any, there is nothing to run. */
export function requireFitting(files: readonly AddedFile[], source: string, request: NativeRequest): void {
  const { platform, nodeVersion } = request.target;
  const kinds = files.map(({ path, content }) => ({
    path,
    content,
    kind: binaryKind(content.subarray(0, 1024)),
  }));
  for (const { path, content, kind } of kinds) {
    if (isUnsafePath(path) || posix.isAbsolute(path)) {
      throw wrongBinary(request, source, `its "${path}" would lie outside of the package`);
    }
    if (!kind && !path.endsWith('.node')) continue;
    const fits = kind?.format === 'elf' && kind.machine === platform.architecture;
    if (!fits) {
      const what = kind ? `${kind.format} for ${kind.machine}` : 'no native code';
      throw wrongBinary(request, source, `its "${path}" is ${what}`);
    }
    const abi = registeredAbi(content);
    if (abi !== undefined && abi !== nodeAbi(nodeVersion)) {
      const reason = `its "${path}" is for ABI ${abi} of Node.js, and ${nodeVersion} has ${nodeAbi(nodeVersion)}`;
      throw wrongBinary(request, source, reason);
    }
  }
  if (!kinds.some(({ kind }) => kind)) throw wrongBinary(request, source, 'it has no native code');
}

/** An addon that does not use Node-API may export a symbol that is named for its ABI: NODE_MODULE_INIT in node.h. */
function registeredAbi(content: Uint8Array): string | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const name = 'node_register_module_v';
  const at = bytes.indexOf(name);
  if (at === -1 || bytes.includes('napi_register_module_v1')) return undefined;
  return /^\d+(?=\0)/.exec(bytes.toString('latin1', at + name.length, at + name.length + 8))?.[0];
}

export function wrongBinary(request: NativeRequest, source: string, reason: string, cause?: unknown) {
  const { inventory, target } = request;
  const { name, version } = inventory;
  const platform = formatPlatform(target.platform);
  return buildErrors.CATA_NATIVE_BINARY_WRONG(
    { name, version, platform, source, reason },
    cause ? { cause } : undefined,
  );
}
