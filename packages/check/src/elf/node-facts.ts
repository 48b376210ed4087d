import type { HasSymbol } from './defined-symbols.ts';
import type { NodeAddon } from './elf-file.ts';
import type { ElfSource } from './elf-source.ts';

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

/** The version of a Node.js, read out of its program. */
export function nodeVersion(source: ElfSource): string | undefined {
  const end = Math.min(source.sizeBytes, maxSearchedBytes);
  for (let start = 0; start < end; start += pieceBytes) {
    const { buffer, byteOffset, byteLength } = source.read(
      start,
      Math.min(start + pieceBytes + overlapBytes, end),
    );
    const bytes = Buffer.from(buffer, byteOffset, byteLength);
    for (let at = bytes.indexOf(prefix); at !== -1; at = bytes.indexOf(prefix, at + 1)) {
      const version = pattern.exec(bytes.toString('latin1', at, at + overlapBytes))?.[1];
      if (version) return version;
    }
  }
  return undefined;
}
