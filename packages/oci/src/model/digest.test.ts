import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Digester, digestHex, digestOf, parseDigest } from './digest.ts';

const ofAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('parseDigest', () => {
  it('takes sha256 and 64 lower-case digits', () => {
    expect(parseDigest(`sha256:${ofAbc}`)).toBe(`sha256:${ofAbc}`);
  });

  it.each([
    ['nothing', ''],
    ['no algorithm', ofAbc],
    ['another algorithm', `sha512:${ofAbc}${ofAbc}`],
    ['upper case', `sha256:${ofAbc.toUpperCase()}`],
    ['a digit too few', `sha256:${ofAbc.slice(1)}`],
    ['a digit too many', `sha256:${ofAbc}0`],
    ['a line break behind it', `sha256:${ofAbc}\n`],
    ['blanks before it', ` sha256:${ofAbc}`],
    ['a path in place of digits', `sha256:../../${ofAbc.slice(6)}`],
  ])('refuses %s and quotes it', (_, text) => {
    expect(() => parseDigest(text)).toThrow(
      expect.objectContaining({ code: 'CATA_DIGEST_INVALID', message: `Not a digest: "${text}".` }),
    );
  });

  it('takes no other text at all', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseDigest(text)).toThrow(expect.objectContaining({ code: 'CATA_DIGEST_INVALID' }));
      }),
    );
  });
});

describe('digestOf', () => {
  it('is the SHA-256 of FIPS 180, of bytes and of text in UTF-8', () => {
    expect(digestHex(digestOf('abc'))).toBe(ofAbc);
    expect(digestOf('é')).toBe(digestOf(Uint8Array.of(0xc3, 0xa9)));
  });

  it('is the same in one piece and in many, and always parses', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (chunks) => {
        const digester = new Digester();
        for (const chunk of chunks) digester.update(chunk);
        const whole = Buffer.concat(chunks);
        expect(digester.sizeBytes).toBe(whole.byteLength);
        const digest = digester.digest();
        expect(digest).toBe(digestOf(whole));
        expect(parseDigest(digest)).toBe(digest);
      }),
    );
  });
});
