import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import type { Answer } from './answer.ts';
import { nextPage } from './next-page.ts';

const url = new URL('https://registry.example/v2/shop/tags/list?n=2');

function nextOf(link: string | undefined): string | undefined {
  const body = Readable.from([]) as unknown as Answer['body'];
  return nextPage({ status: 200, headers: link === undefined ? {} : { link }, body, url }, 'registry.example')
    ?.href;
}

describe('nextPage', () => {
  it.each([
    ['</v2/shop/tags/list?last=b&n=2>; rel="next"', 'https://registry.example/v2/shop/tags/list?last=b&n=2'],
    ['</v2/x?a=1,2>;rel=next', 'https://registry.example/v2/x?a=1,2'],
    ['<list?last=b>; rel="next"', 'https://registry.example/v2/shop/tags/list?last=b'],
    ['<?last=b> ; title="more" ; REL="Next"', 'https://registry.example/v2/shop/tags/list?last=b'],
    ['<https://registry.example:443/v2/x>; rel="next"', 'https://registry.example/v2/x'],
    ['</a>; rel="prev", </b>; rel="next", </c>; rel="last"', 'https://registry.example/b'],
    ['</b>; title="a, b; c"; rel="next"', 'https://registry.example/b'],
    ['</b>; rel="last next"', 'https://registry.example/b'],
  ])('goes on from %s', (link, next) => {
    expect(nextOf(link)).toBe(next);
  });

  it.each([
    undefined,
    '',
    '</a>; rel="prev"',
    '</a>',
    '/a; rel="next"',
    '</a>; title="rel=next"',
    '</a>; rel="nextish"',
    '</a>; notrel="next"',
  ])('is at its end with %j', (link) => {
    expect(nextOf(link)).toBeUndefined();
  });

  it.each([
    ['https://evil.example/v2/shop/tags/list'],
    ['//evil.example/'],
    ['http://registry.example/v2/'],
    ['https://registry.example:8443/'],
    ['file:///etc/passwd'],
    ['https://registry.example@evil.example/'],
    ['https://['],
  ])('goes nowhere else than where it was: %s', (location) => {
    expect(() => nextOf(`<${location}>; rel="next"`)).toThrow(
      expect.objectContaining({ code: 'CATA_REGISTRY_REDIRECT', fault: 'remote' }),
    );
  });

  it('throws nothing else, whatever the header is, and stays with the registry', () => {
    const unit = fc.constantFrom(
      '<',
      '>',
      ';',
      ',',
      'rel=',
      '"',
      'next',
      '/',
      'https://a',
      ' ',
      '=',
      '\\',
      'title',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (link) => {
        try {
          const next = nextOf(link);
          if (next !== undefined) expect(new URL(next).origin).toBe(url.origin);
        } catch (error) {
          expect(error).toBeInstanceOf(CatamaranError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
