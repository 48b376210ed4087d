import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import type { Answer } from '../http/answer.ts';
import type { Repository } from '../repository.ts';
import { sessionOf, stateOf, type UploadSession } from './upload-session.ts';

const repository = { connection: { registry: 'registry.example' }, name: 'shop' } as unknown as Repository;
const before: UploadSession = {
  location: new URL('https://registry.example/before?_state=a'),
  minPartBytes: 5,
};

function answerWith(
  headers: Readonly<Record<string, string>>,
  from = 'https://registry.example/v2/shop/x?y',
): Answer {
  return { status: 202, headers, body: Readable.from([]) as unknown as Answer['body'], url: new URL(from) };
}

describe('sessionOf', () => {
  it.each([
    [
      '/v2/shop/blobs/uploads/1?_state=a%2Bb%3D',
      'https://registry.example/v2/shop/blobs/uploads/1?_state=a%2Bb%3D',
    ],
    ['1?_state=x', 'https://registry.example/v2/shop/1?_state=x'],
    ['https://bucket.example/u?X-Signature=1', 'https://bucket.example/u?X-Signature=1'],
    ['//bucket.example/u', 'https://bucket.example/u'],
    ['/a%0d%0aX-Injected:%20b', 'https://registry.example/a%0d%0aX-Injected:%20b'],
    ['/a b"<>\u0080', 'https://registry.example/a%20b%22%3C%3E%C2%80'],
  ])('goes on at %s', (location, href) => {
    expect(sessionOf(answerWith({ location }), undefined, repository).location.href).toBe(href);
  });

  it('goes on where it was when nothing is said', () => {
    expect(sessionOf(answerWith({}), before, repository)).toEqual(before);
  });

  it.each([
    'http://registry.example/u',
    'ftp://registry.example/',
    'file:///etc/passwd',
    'javascript:x',
    'https://[',
  ])('does not go to %s from a registry with TLS', (location) => {
    expect(() => sessionOf(answerWith({ location }), before, repository)).toThrow(
      expect.objectContaining({ code: 'CATA_REGISTRY_REDIRECT', fault: 'remote' }),
    );
  });

  it('goes nowhere without any location, and shows no more of one than its path', () => {
    expect(() => sessionOf(answerWith({}), undefined, repository)).toThrow(CatamaranError);
    const location = 'http://otto:geheim@a.example/u?signature=topsecret';
    expect(() => sessionOf(answerWith({ location }), undefined, repository)).toThrow(
      expect.objectContaining({
        message: expect.not.stringMatching(/geheim|topsecret/),
        details: expect.objectContaining({ location: 'http://***@a.example/u?…' }),
      }),
    );
  });

  it.each([
    ['5242880', 5_242_880],
    ['-1', 0],
    ['1e400', 0],
    ['0.5', 0],
    ['many', 0],
    ['', 0],
    ['9007199254740992', 0],
  ])('takes %j for parts of %d bytes at least', (min, minPartBytes) => {
    const headers = { location: '/a', 'oci-chunk-min-length': min };
    expect(sessionOf(answerWith(headers), undefined, repository).minPartBytes).toBe(minPartBytes);
  });
});

describe('stateOf', () => {
  it.each<[string | undefined, number | undefined]>([
    ['0-99', 100],
    ['bytes=0-99', 100],
    [' 0-1 ', 2],
    ['0-0', undefined],
    [undefined, undefined],
    ['', undefined],
    ['1-99', undefined],
    ['0--1', undefined],
    ['0-9e9', undefined],
    ['0-99999999999999999999', undefined],
    ['0-99, 200-300', undefined],
  ])('takes the Range %j for %s bytes', (range, receivedBytes) => {
    const state = stateOf(answerWith(range === undefined ? {} : { range }), before, repository);
    expect(state?.receivedBytes).toBe(receivedBytes);
  });

  it('throws nothing but its error, whatever the headers are', () => {
    const text = fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('/', 'https://[', 'http://a', '0-5'));
    fc.assert(
      fc.property(text, text, text, (range, location, min) => {
        try {
          stateOf(
            answerWith({ range: `0-${range}`, location, 'oci-chunk-min-length': min }),
            before,
            repository,
          );
          sessionOf(answerWith({ location, 'oci-chunk-min-length': min }), undefined, repository);
        } catch (error) {
          expect(error).toBeInstanceOf(CatamaranError);
        }
      }),
    );
  });
});
