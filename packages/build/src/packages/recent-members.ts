import type { GzipMember } from '@catamaran/oci';

/** So much of what was just made is kept in memory: it need not be read, and decompressed, again. */
const maxBytes = 24 * 1024 * 1024;

/** Members between their making and their layer. What has no room is in the cache all the same. */
export class RecentMembers {
  readonly #members = new Map<string, GzipMember>();
  #sizeBytes = 0;

  add(key: string, member: GzipMember): void {
    const sizeBytes = sizeOf(member);
    if (this.#sizeBytes + sizeBytes > maxBytes || this.#members.has(key)) return;
    this.#members.set(key, member);
    this.#sizeBytes += sizeBytes;
  }

  take(key: string): GzipMember | undefined {
    const found = this.#members.get(key);
    if (found) this.#sizeBytes -= sizeOf(found);
    this.#members.delete(key);
    return found;
  }
}

function sizeOf({ compressed, uncompressed }: GzipMember): number {
  return compressed.byteLength + uncompressed.byteLength;
}
