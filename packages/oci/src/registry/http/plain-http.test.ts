import { expect, it } from 'vitest';
import { mayBePlain } from './plain-http.ts';

const lan = 'http://registry.lan:5000';
const loopback = 'http://127.0.0.1:5000';

it.each([
  ['itself, on loopback', loopback, [], `${loopback}/token`, true],
  ['another port on loopback', loopback, [], 'http://localhost:5001/', true],
  ['another host, of loopback', loopback, [], 'http://192.0.2.1/', false],
  ['another host, of loopback, though it is allowed', loopback, ['192.0.2.1'], 'http://192.0.2.1/', false],
  ['a name below localhost', loopback, [], 'http://auth.localhost/', false],
  ['another host, when both are allowed', loopback, ['127.0.0.1:5000', 'a.lan'], 'http://a.lan/', true],
  ['itself, when it is allowed', lan, ['registry.lan:5000'], `${lan}/token`, true],
  ['another port that is not allowed', lan, ['registry.lan:5000'], 'http://registry.lan:5001/', false],
  ['another port that is', lan, ['registry.lan:5000', 'registry.lan:1'], 'http://registry.lan:1/', true],
  ['loopback, when it is allowed', lan, ['registry.lan:5000'], 'http://[::1]:5001/', true],
  ['itself, when it has TLS', 'https://a.example', ['a.example'], 'http://a.example/', false],
  ['loopback, when it has TLS', 'https://a.example', [], 'http://localhost/', false],
  ['a file', loopback, [], 'file:///etc/passwd', false],
])('a registry may point without TLS at %s', (_, origin, plainHttp, to, expected) => {
  expect(mayBePlain(new URL(to), { origin, plainHttp })).toBe(expected);
});
