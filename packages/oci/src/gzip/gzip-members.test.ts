import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzipMember } from './gzip-member.ts';
import { type GzipMember, gzipMembers } from './gzip-members.ts';

const mebibyte = 1024 * 1024;

async function collect(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<GzipMember[]> {
  const members: GzipMember[] = [];
  for await (const member of gzipMembers(chunks)) members.push(member);
  return members;
}

function* cut(bytes: Uint8Array, sizes: readonly number[]): Iterable<Uint8Array> {
  let start = 0;
  for (let index = 0; start < bytes.byteLength; index++) {
    const end = start + (sizes[index % sizes.length] ?? 1);
    yield bytes.subarray(start, end);
    start = end;
  }
}

function large(sizeBytes: number): Uint8Array {
  const bytes = Buffer.alloc(sizeBytes);
  for (let at = 0; at < sizeBytes; at += 65_536) bytes.writeUInt32LE(at, at);
  return bytes;
}

describe('gzipMembers', () => {
  it('makes one member of what is small', async () => {
    const [member, ...more] = await collect([Buffer.from('Hel'), Buffer.from(''), Buffer.from('lo')]);
    expect(more).toEqual([]);
    expect(member?.uncompressed).toEqual(Buffer.from('Hello'));
    expect(member?.compressed).toEqual(await gzipMember(Buffer.from('Hello')));
  });

  it('makes none of nothing', async () => {
    expect(await collect([])).toEqual([]);
    expect(await collect([new Uint8Array()])).toEqual([]);
  });

  it('splits what is large every MiB, alike however it comes, and keeps the order', async () => {
    const bytes = large(2 * mebibyte + 12_345);
    const members = await collect([bytes]);
    const sizes = members.map(({ uncompressed }) => uncompressed.byteLength);
    expect(sizes).toEqual([mebibyte, mebibyte, 12_345]);
    const whole = Buffer.concat(members.map(({ compressed }) => compressed));
    expect(gunzipSync(whole).equals(bytes)).toBe(true);

    for (const chunkSizes of [[65_536], [1, 700_000, mebibyte + 3], [mebibyte]]) {
      const again = await collect(cut(bytes, chunkSizes));
      expect(Buffer.concat(again.map(({ compressed }) => compressed)).equals(whole)).toBe(true);
    }
  });

  it('leaves no empty member behind one that ends where the input ends', async () => {
    expect(await collect([large(mebibyte)])).toHaveLength(1);
  });

  it('compresses more than it has threads for, in order', async () => {
    const members = await collect([large(6 * mebibyte + 5)]);
    expect(members.map(({ uncompressed }) => uncompressed.byteLength % mebibyte)).toEqual([
      0, 0, 0, 0, 0, 0, 5,
    ]);
    expect(members.map(({ uncompressed }) => Buffer.from(uncompressed).readUInt32LE() / mebibyte)).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ]);
  });

  it('passes on what the source throws', async () => {
    const source = async function* () {
      yield Buffer.from('a');
      throw new Error('torn');
    };
    await expect(collect(source())).rejects.toThrow('torn');
  });
});
