import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elfBytes } from '../testing/elf-bytes.ts';
import { ElfError } from './elf-error.ts';
import type { ElfSource } from './elf-source.ts';
import { isElf, readElf } from './read-elf.ts';

const runs = 100_000;
/** Of the processor's time: a machine that has other things to do as well is no hang. */
const maxReadMs = 100;
/** The reader's own bound, and one look through the file for the version of Node.js. */
const maxAsked = (sizeBytes: number) => 2 * 1024 * 1024 + 2 * sizeBytes;

/** Counts what is asked of a file, and may remember where. */
function counting(bytes: Uint8Array, areas?: (readonly [number, number])[]) {
  let askedBytes = 0;
  const source: ElfSource = {
    sizeBytes: bytes.byteLength,
    read(start, end) {
      askedBytes += end - start;
      areas?.push([start, end]);
      return bytes.subarray(start, end);
    },
  };
  return { source, asked: () => askedBytes };
}

interface Original {
  readonly bytes: Buffer;
  /** The places that are looked at: a change anywhere else changes nothing. */
  readonly places: readonly number[];
}

function original(bytes: Buffer): Original {
  const areas: (readonly [number, number])[] = [];
  readElf('a.node', counting(bytes, areas).source);
  const places = areas.flatMap(([start, end]) =>
    Array.from({ length: Math.min(end - start, 512) }, (_, at) => start + at),
  );
  return { bytes, places };
}

/** Programs and libraries of this machine, small enough to be copied often, and files of every other kind. */
function originals(): Original[] {
  const folders = ['/usr/sbin', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'].filter(existsSync);
  const real = folders.flatMap((folder) =>
    readdirSync(folder)
      .map((name) => join(folder, name))
      .filter((path) => {
        const stat = statSync(path, { throwIfNoEntry: false });
        return stat?.isFile() && stat.size < 60_000;
      })
      .map((path) => readFileSync(path))
      .filter(isElf)
      .slice(0, 20),
  );
  const parts = { interpreter: '/lib/ld.so', needed: ['liba.so', 'libb.so'], runpath: '$ORIGIN/../lib' };
  const made = ([32, 64] as const).flatMap((bits) =>
    (['little', 'big'] as const).map((byteOrder) => elfBytes({ ...parts, bits, byteOrder })),
  );
  return [...real, ...made].map(original);
}

type Change =
  | { readonly kind: 'byte'; readonly at: number; readonly value: number }
  | { readonly kind: 'number'; readonly at: number; readonly value: bigint; readonly width: number }
  | { readonly kind: 'cut'; readonly at: number }
  | {
      readonly kind: 'splice';
      readonly from: number;
      readonly at: number;
      readonly to: number;
      readonly length: number;
    };

const place = fc.nat(1_000_000);
const huge = fc.constantFrom(
  0n,
  1n,
  0x7fn,
  0xffffn,
  0x7fffffffn,
  0xffffffffn,
  2n ** 53n + 1n,
  2n ** 63n,
  2n ** 64n - 1n,
);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), at: place, value: fc.nat(255) }),
  fc.record({
    kind: fc.constant('number' as const),
    at: place,
    value: huge,
    width: fc.constantFrom(2, 4, 8),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({ kind: fc.constant('splice' as const), from: place, at: place, to: place, length: fc.nat(128) }),
);

/** Changes a copy where it is looked at. */
function mutated(
  { bytes, places }: Original,
  changes: readonly Change[],
  all: readonly Original[],
): Uint8Array {
  let copy = Buffer.from(bytes);
  const placeOf = (at: number, width: number) =>
    Math.max(0, Math.min(places[at % places.length] ?? 0, copy.byteLength - width));
  for (const one of changes) {
    if (one.kind === 'byte') copy[placeOf(one.at, 1)] = one.value;
    else if (one.kind === 'cut') copy = copy.subarray(0, one.at % (copy.byteLength + 1));
    else if (one.kind === 'number') {
      const number = Buffer.alloc(8);
      number.writeBigUInt64LE(one.value);
      number.copy(copy, placeOf(one.at, one.width), 0, one.width);
    } else {
      const other = all[one.from % all.length];
      const start = other?.places[one.at % other.places.length] ?? 0;
      other?.bytes.copy(copy, placeOf(one.to, one.length), start, start + one.length);
    }
  }
  // What does not begin like one is never read.
  copy.write('\x7fELF', 'latin1');
  return copy;
}

describe('a hostile file', () => {
  it(`is one in ${runs} real ones that were damaged: it is read or refused, soon and with little memory`, {
    timeout: 120_000,
  }, () => {
    const all = originals();
    expect(all.length).toBeGreaterThan(10);
    let [refused, longestMs] = [0, 0];
    fc.assert(
      fc.property(place, fc.array(change, { minLength: 1, maxLength: 6 }), (which, changes) => {
        const bytes = mutated(all[which % all.length] as Original, changes, all);
        const { source, asked } = counting(bytes);
        const before = process.cpuUsage();
        try {
          readElf('a.node', source);
        } catch (error) {
          if (!(error instanceof ElfError)) throw error;
          refused++;
        }
        const { user, system } = process.cpuUsage(before);
        longestMs = Math.max(longestMs, (user + system) / 1000);
        expect(asked()).toBeLessThan(maxAsked(bytes.byteLength));
      }),
      { numRuns: runs, seed: 20261126, endOnFailure: true },
    );
    expect(longestMs).toBeLessThan(maxReadMs);
    // Neither all nor none: the changes are where they matter, and not beyond all reason.
    expect(refused / runs).toBeGreaterThan(0.1);
    expect(refused / runs).toBeLessThan(0.9);
  });
});
