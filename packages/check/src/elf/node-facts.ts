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

/**
 * The version of a Node.js, read out of its program.
 * @param areas what of it is loaded; code comes last, since texts are rarely in it
 */
export function nodeVersion(source: ElfSource, areas: readonly Segment[]): string | undefined {
  const budget = { bytes: Math.min(source.sizeBytes, maxSearchedBytes), matches: maxMatches };
  const ordered = areas.toSorted((a, b) => Number(a.isExecutable) - Number(b.isExecutable));
  for (const { offset, sizeBytes } of ordered) {
    const version = versionWithin(source, offset, offset + sizeBytes, budget);
    if (version) return version;
  }
  return undefined;
}

function versionWithin(
  source: ElfSource,
  from: number,
  to: number,
  budget: { bytes: number; matches: number },
): string | undefined {
  for (let start = from; start < to && budget.bytes > 0; start += pieceBytes) {
    const piece = source.read(start, Math.min(start + pieceBytes + overlapBytes, to));
    budget.bytes -= piece.byteLength;
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let at = bytes.indexOf(prefix); at !== -1; at = bytes.indexOf(prefix, at + 1)) {
      const version = pattern.exec(bytes.toString('latin1', at, at + overlapBytes))?.[1];
      if (version || --budget.matches < 0) return version;
    }
  }
  return undefined;
}
