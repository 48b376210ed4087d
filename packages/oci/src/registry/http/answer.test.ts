import { describe, expect, it } from 'vitest';
import { impatient, pulled } from '../../testing/pulled.ts';
import { answer, type Script, scriptedServer, writeWithoutEnd } from '../../testing/scripted-server.ts';

const password = 'ge"h/eim ä';
const credentials = { find: async () => ({ username: 'otto', password }) };
const basic = Buffer.from(`otto:${password}`).toString('base64');

/** A registry that wants Basic credentials, and then refuses in its own way. */
function refusing(refuse: Script) {
  return scriptedServer((request, response) => {
    if (request.headers.authorization === undefined)
      return answer(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' });
    return refuse(request, response);
  });
}

async function refusalOf(refuse: Script) {
  const registry = await refusing(refuse);
  const { error } = await pulled(`${registry.address}/shop:1`, { credentials });
  const shown = `${error?.message} ${error?.hint} ${JSON.stringify(error?.details)}`;
  return { error, shown, registry };
}

describe('what a registry says when it refuses', () => {
  it.each<[string, (authorization: string) => unknown]>([
    ['the header', (authorization) => `no: ${authorization}`],
    [
      'the header in its own error',
      (authorization) => ({ errors: [{ code: 'DENIED', message: authorization }] }),
    ],
    ['the user and the password', () => ({ errors: [{ code: 'DENIED', message: `otto:${password}` }] })],
    ['the password', () => `"${password}"`],
    ['the password in JSON', () => ({ sent: { password } })],
    ['the password in an address', () => `/login?password=${encodeURIComponent(password)}`],
    ['what it takes for a code', () => ({ errors: [{ code: basic.replaceAll('=', ''), message: 'x' }] })],
    ['colours among it', (authorization) => `\x1b[31m${authorization}\x1b[0m`],
  ])('is shown without the secrets that it repeats: %s', async (_, body) => {
    const { error, shown } = await refusalOf((request, response) =>
      answer(response, 403, body(request.headers.authorization ?? '')),
    );
    expect(error).toMatchObject({ code: 'CATA_REGISTRY_DENIED', fault: 'user' });
    for (const secret of [
      password,
      JSON.stringify(password).slice(1, -1),
      encodeURIComponent(password),
      basic,
    ])
      expect(shown).not.toContain(secret);
  });

  it('is shown without a token that it repeats', async () => {
    const registry = await scriptedServer((request, response) => {
      const { authorization } = request.headers;
      if (request.url?.startsWith('/token')) return answer(response, 200, { token: 'topsecret.token' });
      if (authorization !== undefined)
        return answer(response, 400, { errors: [{ message: `bad ${authorization}` }] });
      const challenge = `Bearer realm="${registry.origin}/token"`;
      return answer(response, 401, {}, { 'www-authenticate': challenge });
    });
    const { error } = await pulled(`${registry.address}/shop:1`);
    expect(error?.message).toContain('400 bad Bearer ***');
  });

  it.each([
    ['of 100 MB', { 'content-length': '100000000' }],
    ['without end', {}],
  ])('is read for its beginning, and shown for less: a text %s', async (_, headers) => {
    const { error, registry } = await refusalOf((_request, response) => {
      response.writeHead(400, headers);
      return writeWithoutEnd(response, Buffer.alloc(65_536, 'word '));
    });
    expect(error?.code).toBe('CATA_REGISTRY_REFUSED');
    expect(error?.message).toMatch(/: 400 (word )+/);
    expect(error?.message.length).toBeLessThan(500);
    expect(registry.writtenBytes).toBeLessThan(10_000_000);
  });

  it.each([
    ['colours', '\x1b[31mno\x1b[0m', '400 no'],
    ['a title, a bell and a way back', '\x1b]0;owned\x07n\bo\x9b2J', '400 n o'],
    ['lines', 'no\r\n\r\nCatamaran: all is well', '400 no Catamaran: all is well'],
    ['a turn of direction', '\u202eon', '400 on'],
    ['a page', '<html><body>no</body></html>', '400 <html><body>no</body></html>'],
    ['nothing', '', '400'],
    ['null', 'null', '400 null'],
    ['errors that are none', '{"errors":{}}', '400 {"errors":{}}'],
    ['no errors', '{"errors":[]}', '400 {"errors":[]}'],
    ['a code with an escape', '{"errors":[{"code":"\\u001b[2J","message":"no"}]}', '400 no'],
    ['a code and no message', '{"errors":[{"code":"BLOB_UPLOAD_INVALID"}]}', '400 BLOB_UPLOAD_INVALID'],
    ['a message that is none', '{"errors":[{"code":"A","message":{"a":1}}]}', '400 A'],
  ])('is shown on one line, and obeyed by no terminal: %s', async (_, body, text) => {
    const { error } = await refusalOf((_request, response) => answer(response, 400, body));
    expect(error?.message).toMatch(new RegExp(`: ${text.replace(/[{}[\]().]/g, '\\$&')}\\.$`));
  });

  it.each<[number, string]>([
    [403, 'CATA_REGISTRY_DENIED'],
    [404, 'CATA_MANIFEST_NOT_FOUND'],
    [408, 'CATA_REGISTRY_FAILED'],
    [418, 'CATA_REGISTRY_REFUSED'],
    [429, 'CATA_REGISTRY_BUSY'],
    [500, 'CATA_REGISTRY_FAILED'],
    [599, 'CATA_REGISTRY_FAILED'],
    [299, 'CATA_REGISTRY_REFUSED'],
    [304, 'CATA_REGISTRY_REFUSED'],
  ])('has a code of its own: %d is %s', async (status, code) => {
    const { error, registry } = await refusalOf((_, response) => answer(response, status, 'no'));
    expect(error?.code).toBe(code);
    expect(error?.message).toContain(registry.address);
    expect(registry.seen.length).toBeLessThanOrEqual(3 + impatient.retries);
  });

  it('that breaks off is shown as far as it came', async () => {
    const { error } = await refusalOf((_, response) => {
      response.writeHead(400, { 'content-length': '1000' });
      response.write('no, because', () => response.socket?.destroy());
    });
    expect(error?.message).toContain('400 no, because');
  });
});
