import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatamaranError } from '../errors/catamaran-error.ts';
import { digestOf } from './digest.ts';
import { mediaTypes } from './media-types.ts';
import { parseManifest } from './parse-manifest.ts';

const subject = 'The manifest of shop';
const digest = digestOf('x');
const config = { mediaType: mediaTypes.config, digest, size: 2 };
const layer = { mediaType: mediaTypes.layerGzip, digest, size: 1, annotations: { a: 'b' } };
const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers: [layer, layer] };
const child = {
  mediaType: mediaTypes.manifest,
  digest,
  size: 9,
  platform: { os: 'linux', architecture: 'amd64' },
};
const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [child] };

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const parse = (value: unknown, mediaType: string = mediaTypes.manifest) =>
  parseManifest(Buffer.from(textOf(value)), mediaType, subject);
const withLayer = (changes: object) => ({ ...manifest, layers: [layer, { ...layer, ...changes }] });
const refused = (reason: string | RegExp) =>
  expect.objectContaining({
    code: 'CATA_MANIFEST_INVALID',
    fault: 'remote',
    message:
      typeof reason === 'string' ? `${subject} cannot be used: ${reason}.` : expect.stringMatching(reason),
  });

describe('parseManifest', () => {
  it.each([
    ['an image', manifest, mediaTypes.manifest],
    ['an image of Docker', { ...manifest, mediaType: mediaTypes.dockerManifest }, mediaTypes.dockerManifest],
    ['an index', index, mediaTypes.index],
    [
      'a manifest list',
      { ...index, mediaType: mediaTypes.dockerManifestList },
      mediaTypes.dockerManifestList,
    ],
    ['what has a subject', { ...manifest, subject: child, artifactType: 'a/b' }, mediaTypes.manifest],
    [
      'what it does not know',
      { ...manifest, layers: [{ ...layer, urls: ['x'], data: 'e30=' }] },
      mediaTypes.manifest,
    ],
  ])('reads %s and keeps its bytes', (_, document, mediaType) => {
    const bytes = Buffer.from(JSON.stringify(document, undefined, 2));
    expect(parseManifest(bytes, mediaType, subject)).toEqual({ bytes, value: document });
  });

  it('has the announced media type where the document is silent', () => {
    expect(parse({ ...index, mediaType: undefined }, mediaTypes.index).value.mediaType).toBe(
      mediaTypes.index,
    );
  });

  it.each<[string, unknown, string | RegExp]>([
    ['a list', [], 'the document is no object'],
    ['null', null, 'the document is no object'],
    ['schema 1', { ...manifest, schemaVersion: 1 }, 'schemaVersion is 1, not 2'],
    ['a version that is a text', { ...manifest, schemaVersion: '2' }, 'schemaVersion is "2", not 2'],
    ['two lists', { ...manifest, manifests: [] }, 'it has both layers and manifests'],
    [
      'a media type that lies',
      { ...manifest, mediaType: mediaTypes.index },
      `it was announced as ${mediaTypes.manifest} and calls itself "${mediaTypes.index}"`,
    ],
    ['no layers', { ...manifest, layers: undefined }, 'layers is no list'],
    ['layers that are none', { ...manifest, layers: { 0: layer, length: 1 } }, 'layers is no list'],
    ['no configuration', { ...manifest, config: undefined }, 'config is no object'],
    ['a layer that is null', { ...manifest, layers: [null] }, 'layers[0] is no object'],
    ['a negative size', withLayer({ size: -1 }), 'layers[1].size is -1'],
    ['half a byte', withLayer({ size: 0.5 }), 'layers[1].size is 0.5'],
    ['a size as text', withLayer({ size: '1' }), 'layers[1].size is "1"'],
    ['no size', withLayer({ size: undefined }), 'layers[1].size is missing'],
    ['2^53 bytes', withLayer({ size: 2 ** 53 }), 'layers[1].size is 9007199254740992'],
    ['endless bytes', textOf(manifest).replace('"size":2', '"size":1e400'), /config\.size is Infinity/],
    [
      'two sizes, the last of which counts',
      textOf(manifest).replace('"size":2', '"size":2,"size":-2'),
      /size is -2/,
    ],
    [
      'SHA-512',
      withLayer({ digest: `sha512:${'a'.repeat(128)}` }),
      /^.*layers\[1\]\.digest is "sha512:a{60,}…\.$/,
    ],
    ['a digest in capitals', withLayer({ digest: digest.toUpperCase() }), /layers\[1\]\.digest is "SHA256:/],
    ['a digest with a way out', withLayer({ digest: `${digest}/../x` }), /layers\[1\]\.digest is /],
    ['a list as digest', withLayer({ digest: [digest] }), 'layers[1].digest is a list'],
    ['no media type', withLayer({ mediaType: '' }), 'layers[1].mediaType is ""'],
    [
      'a media type of two lines',
      withLayer({ mediaType: 'a/b\r\nX: y' }),
      'layers[1].mediaType is "a/b\\r\\nX: y"',
    ],
    ['a platform that is a text', withLayer({ platform: 'linux/amd64' }), 'layers[1].platform is no object'],
    [
      'half a platform',
      withLayer({ platform: { os: 'linux' } }),
      'layers[1].platform.architecture is missing',
    ],
    [
      'a type of artifact that is none',
      withLayer({ artifactType: {} }),
      'layers[1].artifactType is an object',
    ],
    ['a subject that is none', { ...manifest, subject: digest }, 'subject is no object'],
    ['half a document', textOf(manifest).slice(0, -1), /cannot be used: .*JSON/],
    ['a type of itself that is a list', { ...manifest, mediaType: [] }, /calls itself a list/],
  ])('refuses %s and names it', (_, document, reason) => {
    expect(() => parse(document)).toThrow(refused(reason));
  });

  it.each(['application/vnd.docker.distribution.manifest.v1+prettyjws', 'text/html', ''])(
    'says of the type "%s" that it is not used',
    (mediaType) => {
      expect(() => parse(manifest, mediaType)).toThrow(
        expect.objectContaining({
          code: 'CATA_MANIFEST_TYPE_UNSUPPORTED',
          message: expect.stringContaining(`is of type ${mediaType}, `),
        }),
      );
    },
  );

  it('takes a byte order mark for what it is', () => {
    expect(parse(`\ufeff${textOf(manifest)}`).value).toEqual(manifest);
  });

  it('takes __proto__ for a name like others', () => {
    const text = textOf(manifest).replace('{', '{"__proto__":{"manifests":[],"subject":{},"polluted":1},');
    const { value } = parse(text);
    expect(value).not.toHaveProperty('polluted');
    expect('polluted' in {}).toBe(false);
    expect(() => parse('{"__proto__":{"schemaVersion":2,"layers":[]}}')).toThrow(
      refused(/schemaVersion is missing/),
    );
  });

  it.each([
    ['in a member that is read', (deep: string) => `{"schemaVersion":${deep}}`],
    ['in one that is not', (deep: string) => textOf(manifest).replace('{', `{"x":${deep},`)],
    [
      'in the media type',
      (deep: string) => textOf(manifest).replace(/"mediaType":"[^"]+"/, `"mediaType":${deep}`),
    ],
  ])('bears a nesting of 100,000 levels %s', (_, document) => {
    const deep = `${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`;
    try {
      parse(document(deep));
    } catch (error) {
      expect(error).toBeInstanceOf(CatamaranError);
      expect(error).toHaveProperty('message', expect.stringMatching(/^.{1,400}$/));
    }
  });

  it('quotes little of what is long, and nothing that a terminal would obey', () => {
    const long = '\x1b[2J\x9b'.repeat(100_000);
    for (const document of [withLayer({ digest: long }), { ...manifest, mediaType: long }, long]) {
      expect(() => parse(document)).toThrow(/^[^\p{Cc}]{1,500}$/u);
    }
    expect(() => parse(manifest, `text/${long}`)).toThrow(/^[^\p{Cc}]{1,500}$/u);
  });

  it('refuses what is no UTF-8', () => {
    const bytes = Buffer.from(textOf({ ...manifest, annotations: { a: 'ä' } }), 'latin1');
    expect(() => parseManifest(bytes, mediaTypes.manifest, subject)).toThrow(refused(/cannot be used/));
  });

  it('takes no document with anything changed for a good one, and throws nothing but its error', () => {
    const wrong = fc.oneof(fc.jsonValue(), fc.constantFrom(digest, -1, '__proto__', [config], { config }));
    const paths = [
      ['config'],
      ['layers'],
      ['layers', 0],
      ['config', 'size'],
      ['config', 'digest'],
      ['layers', 1, 'mediaType'],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), wrong, (path, value) => {
        const document = structuredClone(manifest);
        let at: Record<string | number, unknown> = document as never;
        for (const key of path.slice(0, -1)) at = at[key] as never;
        at[path.at(-1) ?? ''] = value;
        try {
          const { layers, config: read } = parse(document).value as typeof manifest;
          for (const { size, digest: read256, mediaType } of [read, ...layers]) {
            expect(Number.isSafeInteger(size) && size >= 0).toBe(true);
            expect(read256).toMatch(/^sha256:[0-9a-f]{64}$/);
            expect(mediaType).toContain('/');
          }
        } catch (error) {
          expect(error).toHaveProperty('code', 'CATA_MANIFEST_INVALID');
        }
      }),
      { numRuns: 500 },
    );
  });
});
