import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeCertificate } from '../../testing/certificate.ts';
import { startConnectProxy } from '../../testing/connect-proxy.ts';
import { hasTools } from '../../testing/tools.ts';
import { registryDispatcher } from './dispatcher.ts';

const host = 'registry.example.com';

/** Offers HTTP/2 before HTTP/1.1, as all large registries do, and answers with what was taken. */
async function startServer() {
  const { key, cert } = makeCertificate('127.0.0.1', host);
  const server = createSecureServer({ key, cert, allowHTTP1: true }, ({ httpVersion }, response) =>
    response.end(httpVersion),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, ca: [cert] };
}

describe.skipIf(!hasTools('openssl'))('registryDispatcher', () => {
  it.each([false, true])(
    'speaks HTTP/1.1 with a server that would rather not; through a proxy: %s',
    async (isProxied) => {
      const { address, ca } = await startServer();
      const routes = new Map([[`${host}:443`, address]]);
      const proxy = { https: `http://${(await startConnectProxy({ routes })).address}` };
      const asked = isProxied ? host : address;
      const dispatcher = await registryDispatcher(asked, { ca, ...(isProxied ? { proxy } : {}) });
      onTestFinished(() => dispatcher.destroy());
      const { body } = await dispatcher.request({ origin: `https://${asked}`, path: '/', method: 'GET' });
      expect(await body.text()).toBe('1.1');
    },
  );
});
