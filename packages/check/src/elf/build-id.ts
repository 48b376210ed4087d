import type { ElfReader } from './elf-reader.ts';

/** Larger than the notes of any real file, but for those that nobody asks for. */
const maxNoteBytes = 64 * 1024;
const maxBuildIdBytes = 64;

export interface NoteArea {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** NT_GNU_BUILD_ID. https://gabi.xinuos.com/elf/07-pheader.html#note-section */
export function readBuildId(reader: ElfReader, areas: readonly NoteArea[]): string | undefined {
  for (const { offset, sizeBytes } of areas) {
    // Whether it is right that one lies outside is not for those to say who look for a name.
    if (offset + sizeBytes > reader.sizeBytes) continue;
    const view = reader.view(offset, Math.min(sizeBytes, maxNoteBytes));
    for (let at = 0; at + 16 <= view.byteLength; ) {
      const nameBytes = reader.u32(view, at);
      const contentBytes = reader.u32(view, at + 4);
      const content = at + 12 + aligned(nameBytes);
      const end = content + contentBytes;
      if (end > view.byteLength) break;
      if (nameBytes === 4 && reader.u32(view, at + 8) === 3 && view.getUint32(at + 12) === 0x474e5500) {
        if (contentBytes === 0 || contentBytes > maxBuildIdBytes) return undefined;
        return Buffer.from(view.buffer, view.byteOffset + content, contentBytes).toString('hex');
      }
      at = content + aligned(contentBytes);
    }
  }
  return undefined;
}

function aligned(sizeBytes: number): number {
  return Math.ceil(sizeBytes / 4) * 4;
}
