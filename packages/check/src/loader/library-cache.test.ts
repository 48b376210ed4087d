import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cachedLibraries } from './library-cache.ts';

/** As ldconfig writes it, with these paths. */
function cacheOf(paths: readonly string[]): Buffer {
  const header = Buffer.alloc(48);
  header.write('glibc-ld.so.cache1.1', 'latin1');
  header.writeUInt32LE(paths.length, 20);
  let at = header.byteLength + paths.length * 24;
  const entries = paths.map((path) => {
    const entry = Buffer.alloc(24);
    entry.writeUInt32LE(at, 8);
    at += Buffer.byteLength(path) + 1;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...paths.map((path) => Buffer.from(`${path}\0`))]);
}

describe('cachedLibraries', () => {
  it('are those that lie elsewhere than where every loader looks, sorted', () => {
    const usual = ['/lib/libz.so.1', '/usr/lib/x86_64-linux-gnu/libc.so.6', '/usr/lib/libq.so'];
    const other = [
      '/usr/local/lib/libb.so',
      '/opt/lib/liba.so',
      '/usr/lib64/libc.so',
      '/usr/lib/llvm/libd.so',
    ];
    expect(cachedLibraries(cacheOf([...usual, ...other]))).toEqual([...other].sort());
  });

  it('are read behind what older loaders read', () => {
    const old = Buffer.alloc(16 + 12);
    old.write('ld.so-1.7.0', 'latin1');
    old.writeUInt32LE(1, 12);
    const padded = Buffer.concat([old, Buffer.alloc(4), cacheOf(['/opt/lib/liba.so'])]);
    expect(cachedLibraries(padded)).toEqual(['/opt/lib/liba.so']);
  });

  it('are none in what is cut short, or is no cache', () => {
    const whole = cacheOf(['/opt/lib/liba.so']);
    for (const length of [0, 11, 16, 20, 47, 60])
      expect(cachedLibraries(whole.subarray(0, length))).toEqual([]);
    expect(cachedLibraries(Buffer.from('include /etc/ld.so.conf.d/*.conf\n'))).toEqual([]);
  });

  it('are few, whatever a damaged cache claims', () => {
    const bytes = cacheOf(['/opt/lib/liba.so', '/opt/lib/libb.so']);
    const change = fc.tuple(fc.nat(bytes.byteLength - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        expect(cachedLibraries(damaged).length).toBeLessThanOrEqual(4);
      }),
    );
    // Every entry names another place in one long text.
    const hostile = cacheOf(Array.from({ length: 20_000 }, () => '/'));
    for (let at = 0; at < 20_000; at++) hostile.writeUInt32LE(48 + 20_000 * 24 + at, 48 + at * 24 + 8);
    hostile.fill('/', 48 + 20_000 * 24);
    expect(cachedLibraries(hostile).length).toBeLessThanOrEqual(1024);
  });
});
