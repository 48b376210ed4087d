import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatamaranError } from '../../errors/catamaran-error.ts';
import { credentialOf, decodeAuth } from './auth-entry.ts';
import { parseAuthFile } from './auth-file.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const entryOf = (entry: unknown) => {
  const parsed = parseAuthFile(JSON.stringify({ auths: { host: entry } }), 'here').auths.get('host');
  return parsed && credentialOf(parsed);
};

describe('an entry of an auth file', () => {
  it.each([
    [{ auth: base64('ada:pass') }, { username: 'ada', password: 'pass' }],
    [{ auth: base64('ada:pa:ss:') }, { username: 'ada', password: 'pa:ss:' }],
    [{ auth: base64('ada:pä☃ss') }, { username: 'ada', password: 'pä☃ss' }],
    [{ auth: base64('ada:pass\0\0') }, { username: 'ada', password: 'pass' }],
    [{ auth: base64('ada:pass!').replace(/=+$/, '') }, { username: 'ada', password: 'pass!' }],
    [{ auth: base64('ada:') }, { username: 'ada', password: '' }],
    [
      { username: 'ada', password: 'pass' },
      { username: 'ada', password: 'pass' },
    ],
    [
      { auth: base64('ada:pass'), username: 'x', password: 'y' },
      { username: 'ada', password: 'pass' },
    ],
    [{ auth: base64('00000000:'), identitytoken: 'refresh' }, { identityToken: 'refresh' }],
    [{ auth: base64('<token>:refresh') }, { identityToken: 'refresh' }],
    [{ auth: 'not base64!' }, 'broken'],
    [{ auth: base64('no colon') }, 'broken'],
    [{ auth: base64(':nobody') }, 'broken'],
    [{ auth: '' }, undefined],
    [{ email: 'ada@example.org' }, undefined],
    [null, undefined],
  ])('%j', (entry, credential) => {
    expect(entryOf(entry)).toEqual(credential);
  });

  it('gives back every user and password that was written', () => {
    const username = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((text) => !/[:]|^<token>$/.test(text));
    const password = fc.string({ unit: 'binary' }).filter((text) => !/^\0|\0$/.test(text));
    fc.assert(
      fc.property(username, password, (user, secret) => {
        expect(decodeAuth(base64(`${user}:${secret}`))).toEqual({ username: user, password: secret });
      }),
    );
  });
});

describe('parseAuthFile', () => {
  it('takes an empty file for one that says nothing', () => {
    const nothing = { auths: new Map(), credHelpers: new Map() };
    for (const text of ['', ' \n', '{}', '{"auths":null,"credHelpers":null,"credsStore":""}']) {
      expect(parseAuthFile(text, 'here')).toEqual(nothing);
    }
  });

  it.each([
    ['{"auths":', 'it is not JSON'],
    ['[]', 'it is not an object'],
    ['"text"', 'it is not an object'],
    ['{"auths":[]}', '"auths" is not an object'],
    ['{"auths":{"host":"abc"}}', 'an entry of "auths" is not an object'],
    ['{"auths":{"host":{"auth":1}}}', 'an "auth" in "auths" is not a text'],
    ['{"credHelpers":{"host":{}}}', 'a helper in "credHelpers" is not a text'],
    ['{"credsStore":[]}', '"credsStore" is not a text'],
  ])('says where the fault is in %s', (text, reason) => {
    expect(() => parseAuthFile(text, '"/a/config.json"')).toThrow(
      `The registry credentials in "/a/config.json" cannot be used: ${reason}.`,
    );
  });

  it('understands or refuses whatever it is given, and never quotes it', () => {
    const secret = 'hunter2hunter2';
    const leaf = fc.oneof(fc.constant(secret), fc.integer(), fc.constant(null));
    const key = fc.constantFrom('auths', 'auth', 'host', 'credHelpers', 'credsStore', '__proto__', secret);
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(leaf, fc.array(tie('node')), fc.dictionary(key, tie('node'))),
    })).node;
    const text = fc.oneof(
      tree.map((value) => JSON.stringify(value)),
      fc.tuple(tree, fc.nat(40)).map(([value, end]) => `${JSON.stringify({ auths: value }).slice(0, end)}`),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          parseAuthFile(given, 'here');
        } catch (error) {
          if (!(error instanceof CatamaranError)) throw error;
          expect(error.code).toBe('CATA_CREDENTIAL_FILE_INVALID');
          expect(`${error.message} ${error.stack} ${error.cause}`).not.toContain(secret);
        }
      }),
    );
  });
});
