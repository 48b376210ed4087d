import type { ByteStream } from '@catamaran/oci';
import type { PackageFile } from './package-file.ts';

/**
 * A file that a command stands for, as npm leaves it: executable, and with a first line that Linux can read, should it
 * have been published from Windows.
 */
export function asCommand(file: PackageFile): PackageFile {
  const command = { ...file, mode: 0o755 };
  const firstLine = /^#![^\n]+\r\n/.exec(Buffer.from(file.head).toString('latin1'))?.[0];
  if (firstLine === undefined) return command;
  const at = firstLine.length - '\r\n'.length;
  return { ...command, sizeBytes: file.sizeBytes - 1, content: () => without(file.content(), at) };
}

/** Without the byte at a position. */
async function* without(content: ByteStream, at: number): ByteStream {
  let startBytes = 0;
  for await (const chunk of content) {
    const inside = at - startBytes;
    startBytes += chunk.byteLength;
    if (inside < 0 || inside >= chunk.byteLength) yield chunk;
    else {
      yield chunk.subarray(0, inside);
      yield chunk.subarray(inside + 1);
    }
  }
}
