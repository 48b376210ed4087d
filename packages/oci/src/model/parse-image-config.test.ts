import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatamaranError } from '../errors/catamaran-error.ts';
import { digestOf } from './digest.ts';
import { parseImageConfig } from './parse-image-config.ts';

const subject = 'The configuration of shop';
const digest = digestOf('layer');
/** As Docker writes it: null where a list is empty, and members that are nobody's business here. */
const real = {
  architecture: 'arm64',
  variant: 'v8',
  os: 'linux',
  created: '2026-01-02T03:04:05.678901234Z',
  config: {
    User: 'node',
    ExposedPorts: { '8080/tcp': {} },
    Env: ['PATH=/usr/bin'],
    Cmd: null,
    Entrypoint: ['node', 'server.js'],
    OnBuild: null,
    Labels: null,
  },
  rootfs: { type: 'layers', diff_ids: [digest] },
  history: [{ created_by: 'COPY . . # buildkit' }, { empty_layer: true }],
  moby: { buildkit: { buildinfo: 'x' } },
};

const bytesOf = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const parse = (value: unknown) => parseImageConfig(bytesOf(value), subject);

describe('parseImageConfig', () => {
  it('reads what Docker writes, and keeps its bytes', () => {
    const bytes = Buffer.from(JSON.stringify(real, undefined, 3));
    expect(parseImageConfig(bytes, subject)).toEqual({ bytes, value: real });
    expect(parse({ ...real, history: null }).value.history).toBeNull();
  });

  it.each([
    ['no object', [], 'the document is no object'],
    ['an SBOM', { spdxVersion: 'SPDX-2.3' }, "architecture is missing: it is not an image's configuration"],
    ['no root file system', { ...real, rootfs: undefined }, 'rootfs is no object'],
    ['no list of diff IDs', { ...real, rootfs: { diff_ids: { length: 1 } } }, 'rootfs.diff_ids is no list'],
    ['a list as diff ID', { ...real, rootfs: { diff_ids: [[digest]] } }, 'rootfs.diff_ids[0] is a list'],
    ['a number as diff ID', { ...real, rootfs: { diff_ids: [digest, 7] } }, 'rootfs.diff_ids[1] is 7'],
    ['a configuration that is a text', { ...real, config: 'x' }, 'config is no object'],
    ['one text for a list', { ...real, config: { Env: 'A=b' } }, 'config.Env is "A=b"'],
    ['a number in a list', { ...real, config: { Cmd: ['a', 1] } }, 'config.Cmd[1] is 1'],
    ['a text for its history', { ...real, history: 'x' }, 'history is "x"'],
    ['a text in its history', { ...real, history: [{}, 'x'] }, 'history[1] is no object'],
    ['half of it', JSON.stringify(real).slice(0, 99), 'Unterminated string in JSON'],
    ['nothing', '', 'Unexpected end of JSON input'],
  ])('refuses %s and says what it is', (_, value, reason) => {
    expect(() => parse(value)).toThrow(
      expect.objectContaining({
        code: 'CATA_MANIFEST_INVALID',
        fault: 'remote',
        message: expect.stringContaining(`${subject} cannot be used: ${reason}`),
      }),
    );
  });

  it('refuses what is no UTF-8, what a terminal would obey and what is nested 100,000 deep, in few words', () => {
    const deep = `{"architecture":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    for (const bytes of [Buffer.from([0x7b, 0xff, 0x7d]), Buffer.from('\x1b[31m\x07'), Buffer.from(deep)]) {
      expect(() => parseImageConfig(bytes, subject)).toThrow(CatamaranError);
      expect(() => parseImageConfig(bytes, subject)).toThrow(/^[^\p{Cc}]{1,400}$/u);
    }
  });

  it('throws nothing but its own error, whatever is in the document', () => {
    const key = fc.constantFrom(
      'architecture',
      'os',
      'config',
      'rootfs',
      'diff_ids',
      'Env',
      '__proto__',
      'toString',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.constant(digest), tie('object')),
      object: fc.dictionary(key, tie('value')),
    }));
    fc.assert(
      fc.property(value, (document) => {
        try {
          parse(document);
        } catch (error) {
          expect(error).toHaveProperty('code', 'CATA_MANIFEST_INVALID');
        }
      }),
    );
  });
});
