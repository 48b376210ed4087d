import { CatamaranError, parseDigest } from '@catamaran/oci';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlace } from './format-location.ts';
import type { Location } from './location.ts';
import { parseLocation } from './parse-location.ts';

const digest = parseDigest(`sha256:${'a'.repeat(64)}`);

describe('parseLocation', () => {
  it.each([
    ['registry.example.com/app:1', { registry: 'registry.example.com', repository: 'app', tag: '1' }],
    ['localhost/app', { registry: 'localhost', repository: 'app' }],
    ['127.0.0.1:5000/a/b', { registry: '127.0.0.1:5000', repository: 'a/b' }],
    ['[::1]:5000/app', { registry: '[::1]:5000', repository: 'app' }],
    [`r.io/app@${digest}`, { registry: 'r.io', repository: 'app', digest }],
    ['docker://alpine', { repository: 'alpine' }],
    ['docker://alpine:3.20', { repository: 'alpine', tag: '3.20' }],
    ['docker://r.io/app:1', { registry: 'r.io', repository: 'app', tag: '1' }],
  ])('%s is in a registry', (text, reference) => {
    expect(parseLocation(text, 'layout')).toEqual({ kind: 'registry', reference, text });
  });

  it.each([
    ['bookstore', { repository: 'bookstore' }],
    ['bookstore:1.2', { repository: 'bookstore', tag: '1.2' }],
    ['library/alpine', { repository: 'library/alpine' }],
    [`bookstore@${digest}`, { repository: 'bookstore', digest }],
  ])('%s is in the layout', (text, reference) => {
    const expected = { kind: 'oci', path: '.catamaran/layout', reference, text, isBare: true };
    expect(parseLocation(text, '.catamaran/layout')).toEqual(expected);
  });

  it.each([
    ['oci:folder', 'oci', 'folder', undefined],
    ['oci:./a/b', 'oci', './a/b', undefined],
    ['oci:/abs/folder:app', 'oci', '/abs/folder', { repository: 'app' }],
    ['oci:folder:app:1', 'oci', 'folder', { repository: 'app:1' }],
    ['oci:folder:Any Name', 'oci', 'folder', { repository: 'Any Name' }],
    [`oci:folder@${digest}`, 'oci', 'folder', { repository: '', digest }],
    [`oci:folder:app@${digest}`, 'oci', 'folder', { repository: 'app', digest }],
    ['oci:at@home', 'oci', 'at@home', undefined],
    ['oci-archive:a.tar:app', 'oci-archive', 'a.tar', { repository: 'app' }],
    ['docker-archive:a.tar', 'docker-archive', 'a.tar', undefined],
    ['docker-archive:a.tar:app:1', 'docker-archive', 'a.tar', { repository: 'app', tag: '1' }],
    [
      'docker-archive:a.tar:r.io/app:1',
      'docker-archive',
      'a.tar',
      { registry: 'r.io', repository: 'app', tag: '1' },
    ],
  ])('%s is in a folder or a file', (text, kind, path, reference) => {
    expect(parseLocation(text, 'layout')).toEqual({ kind, path, reference, text, isBare: false });
  });

  it.each([
    ['', 'its name is empty'],
    ['./layout', 'it is a path'],
    ['./app.tar', 'as in docker-archive:./app.tar, oci-archive:./app.tar or'],
    ['/layout', 'it is a path'],
    ['Bookstore', 'lower case'],
    ['registry.example.com/App:1', 'lower case'],
    ['a b', 'not a name'],
    ['app:', 'not a name'],
    ['docker://', 'its name is empty'],
    ['oci:', 'there is no path'],
    ['oci::app', 'there is no path'],
    ['oci:folder:', 'there is no name'],
    ['docker-archive:a.tar:App', 'lower case'],
    ['docker-daemon:app:1', '"docker-daemon:" is not known here'],
    ['http://registry.example.com/app', 'without "http://"'],
    ['https://registry.example.com/app', 'without "https://"'],
  ])('%o is refused: %s', (text, reason) => {
    expect(() => parseLocation(text, 'layout')).toThrow(
      expect.objectContaining({ code: 'CATA_LOCATION_INVALID', message: expect.stringContaining(reason) }),
    );
    expect(() => parseLocation(text, 'layout')).toThrow(`"${text}"`);
  });

  it.each(['r.io/app@sha256:1234', 'bookstore@sha256:1234', 'oci:folder@sha256:1234'])(
    '%s is refused for its digest',
    (text) => {
      expect(() => parseLocation(text, 'layout')).toThrow(
        expect.objectContaining({
          code: 'CATA_DIGEST_INVALID',
          message: expect.stringContaining('sha256:1234'),
        }),
      );
    },
  );

  it('refuses in no other way, whatever it is given', () => {
    const part = fc.constantFrom('oci', 'docker', 'app', ':', '/', '@', '//', 'sha256', '.', 'A', ' ', '1');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        try {
          parseLocation(parts.join(''), 'layout');
        } catch (error) {
          expect(error).toBeInstanceOf(CatamaranError);
        }
      }),
    );
  });
});

describe('a location for people', () => {
  it.each([
    ['docker://alpine', 'docker.io/library/alpine:latest'],
    ['docker://you/app:1', 'docker.io/you/app:1'],
    ['r.io/app', 'r.io/app:latest'],
    [`r.io/app@${digest}`, `r.io/app@${digest}`],
    ['bookstore:1', 'oci:layout:bookstore:1'],
    ['oci:folder', 'oci:folder'],
    [`oci:folder@${digest}`, `oci:folder@${digest}`],
    [`oci:folder:a@${digest}`, `oci:folder:a@${digest}`],
    ['docker-archive:a.tar:app:1', 'docker-archive:a.tar:app:1'],
  ])('%s is %s', (text, shown) => {
    expect(formatPlace(parseLocation(text, 'layout'))).toBe(shown);
  });

  it.each(['docker://alpine', 'r.io/a/b:1', 'bookstore:1', 'oci:f:n', 'docker-archive:a.tar:app:1'])(
    '%s with a digest can be read again',
    (text) => {
      const { reference = { repository: '' }, ...place } = parseLocation(text, 'layout');
      const stored = formatPlace({ ...place, reference: { ...reference, digest } } as Location);
      expect(parseLocation(stored, 'layout').reference?.digest).toBe(digest);
    },
  );
});
