import type { HasSymbol } from './defined-symbols.ts';
import type { NodeAddon } from './elf-file.ts';
import type { ElfSource } from './elf-source.ts';
import type { Segment } from './segments.ts';

/** NODE_MODULE_VERSION of Node.js 4, and one that is far ahead. */
const [firstAbi, lastAbi] = [46, 255];

/** What Node.js looks for in an addon that it has loaded, `node::binding::DLOpen`. */
const nodeApiSymbols = ['napi_register_module_v1', 'node_api_module_get_api_version_v1'];

/**
 * How an addon registers itself.
 * @param path addons are called something.node, since `require` loads no other
 */
export function nodeAddon(path: string, has: HasSymbol): NodeAddon | undefined {
  if (nodeApiSymbols.some(has)) return { kind: 'node-api' };
  if (!path.endsWith('.node')) return undefined;
  for (let abi = firstAbi; abi <= lastAbi; abi++) {
    if (has(`node_register_module_v${abi}`)) return { kind: 'abi', abi: `${abi}` };
  }
  return { kind: 'self-registering' };
}

/** Node.js has this for its addons, in its program or in its library. */
export function isNode(has: HasSymbol): boolean {
  return has('napi_module_register') && has('node_module_register');
}

/** What Node.js tells debuggers that it is: the same in every build of it. */
const prefix = 'node.js/v';
const pattern = /^node\.js\/v(\d+\.\d+\.\d+)(?=[^\d.])/;
/** Longer than any match. */
const overlapBytes = 64;
const pieceBytes = 1024 * 1024;
/** Four times as large as Node.js is. */
const maxSearchedBytes = 512 * 1024 * 1024;

/** Node.js has two; a file with more is made to take long. */
const maxMatches = 1000;

/** Looks for the version of a Node.js in what passes piece by piece. */
export class NodeVersionSearch {
  #before: Buffer = Buffer.alloc(0);
  #bytesLeft = maxSearchedBytes;
  #matchesLeft = maxMatches;
  #version: string | undefined;

  get version(): string | undefined {
    return this.#version;
  }

  /** @param bytes what comes after the piece before, unless `skip` was called in between */
  pass(bytes: Uint8Array): void {
    if (this.#version !== undefined || this.#bytesLeft <= 0) return;
    this.#bytesLeft -= bytes.byteLength;
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // What lies across the border of two pieces is looked at on its own: no piece is copied.
    const border = Buffer.concat([this.#before, piece.subarray(0, overlapBytes)]);
    this.#version = this.#find(border) ?? this.#find(piece);
    this.#before = Buffer.concat([this.#before, piece.subarray(-overlapBytes)]).subarray(-overlapBytes);
  }

  skip(): void {
    this.#before = Buffer.alloc(0);
  }

  #find(bytes: Buffer): string | undefined {
    for (let at = bytes.indexOf(prefix); at !== -1; at = bytes.indexOf(prefix, at + 1)) {
      const version = pattern.exec(bytes.toString('latin1', at, at + overlapBytes))?.[1];
      if (version || --this.#matchesLeft < 0) return version;
    }
    return undefined;
  }
}

/**
 * The version of a Node.js, read out of its program.
 * @param areas what of it is loaded; code comes last, since texts are rarely in it
 */
export function nodeVersion(source: ElfSource, areas: readonly Segment[]): string | undefined {
  if (source.nodeVersion) return source.nodeVersion();
  const search = new NodeVersionSearch();
  // Areas may lie over one another; honest ones do not.
  let bytesLeft = source.sizeBytes;
  const ordered = areas.toSorted((a, b) => Number(a.isExecutable) - Number(b.isExecutable));
  for (const { offset, sizeBytes } of ordered) {
    search.skip();
    const end = Math.min(offset + sizeBytes, source.sizeBytes, offset + bytesLeft);
    bytesLeft -= Math.max(end - offset, 0);
    for (let start = offset; start < end && search.version === undefined; start += pieceBytes) {
      search.pass(source.read(start, Math.min(start + pieceBytes, end)));
    }
  }
  return search.version;
}
