import { createTarDecoder } from 'modern-tar';
import type { ByteStream } from '../layer/byte-stream.ts';

/** An entry of somebody's archive, as far as Catamaran has a use for it. */
export interface ReadEntry {
  /** Without "./" before it or "/" behind it; "" is the root itself. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  /** A symlink's text as it is; a hard link's path, cleaned as `path` is; "" for the rest. */
  readonly target: string;
  /** A file's bytes. Must be read before the next entry is asked for; what is not read is skipped. */
  content(): ByteStream;
}

const types: Readonly<Record<string, ReadEntry['type']>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symlink',
  link: 'hardlink',
};

/** Reads a tar archive entry by entry, in the order in which it was written. */
export async function* readTar(stream: ByteStream): AsyncIterable<ReadEntry> {
  const source = ReadableStream.from(stream) as ReadableStream<Uint8Array>;
  const entries = source.pipeThrough(createTarDecoder({ strict: true }));
  for await (const { header, body } of entries) {
    const type = types[header.type ?? 'file'] ?? 'other';
    const target = header.linkname ?? '';
    let opened = false;
    yield {
      path: cleanPath(header.name),
      type,
      mode: (header.mode ?? 0) & 0o7777,
      uid: header.uid ?? 0,
      gid: header.gid ?? 0,
      sizeBytes: header.size,
      target: type === 'hardlink' ? cleanPath(target) : target,
      content: () => {
        opened = true;
        return body;
      },
    };
    // Read to its end: modern-tar 0.8 may wait for ever after a body that was cancelled while its source was slow.
    if (!opened) for await (const _ of body);
  }
}

function cleanPath(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return parts.join('/');
}

/** True when a path could name something outside the folder that an archive is unpacked into. */
export function isUnsafePath(path: string): boolean {
  return path.split('/').includes('..') || path.includes('\0');
}
