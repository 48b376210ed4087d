import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasTools, runTool } from '../testing/tools.ts';
import { gzipMember } from './gzip-member.ts';

describe('gzipMember', () => {
  it('gives the same bytes on every machine: no time, no name, no operating system', async () => {
    expect(Buffer.from(await gzipMember(Buffer.from('Hello, hello, hello\n'))).toString('hex')).toBe(
      '1f8b08000000000000fff348cdc9c9d751c840a2b800ec12924814000000',
    );
  });

  it('makes of nothing an empty member', async () => {
    const member = Buffer.from(await gzipMember(new Uint8Array()));
    expect(member.toString('hex')).toBe('1f8b08000000000000ff03000000000000000000');
    expect(gunzipSync(member)).toHaveLength(0);
  });

  it('can be followed by another, and together they are what was put in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1 }), async (parts) => {
        const members = await Promise.all(parts.map(gzipMember));
        expect(gunzipSync(Buffer.concat(members))).toEqual(Buffer.concat(parts));
      }),
    );
  });
});

describe.skipIf(!hasTools('gunzip'))('gunzip', () => {
  it('takes members one after the other for one file', async () => {
    const parts = ['first\n', '', 'second\n'].map((text) => Buffer.from(text));
    const input = Buffer.concat(await Promise.all(parts.map(gzipMember)));
    expect(runTool('gunzip', ['-c'], { input }).toString()).toBe('first\nsecond\n');
    expect(runTool('gunzip', ['-t'], { input }).toString()).toBe('');
  });
});
