import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import { layoutStore } from '../../layout/layout-store.ts';
import { parseReference } from '../../model/reference.ts';
import { helloIndex } from '../../testing/hello-index.ts';
import { pushTo } from '../../testing/push-to-ecr.ts';
import { rejection } from '../../testing/rejection.ts';
import { startedEcr } from '../../testing/started-ecr.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { hasTools } from '../../testing/tools.ts';
import { registryStore } from '../registry-store.ts';

describe.skipIf(!hasTools('openssl'))('the way to Amazon ECR', () => {
  it('is through the proxy, and to no other host, and back', async () => {
    const ecr = await startedEcr();
    const root = await pushTo(ecr);
    const layout = layoutStore(join(temporaryFolder(), 'layout'));
    await using store = registryStore(ecr.options);
    const pulled = await store.get(parseReference(`${ecr.host}/team/hello:1`), createContext());
    expect(await layout.put(parseReference('pulled'), pulled, createContext())).toEqual(root);
    expect(new Set(ecr.proxy.asked)).toEqual(new Set([`${ecr.host}:443`]));
  });

  it('goes with the password of the proxy', async () => {
    const login = { username: 'lotse', password: 'blau:baer' };
    const ecr = await startedEcr({ proxy: { login } });
    const proxy = { https: `http://lotse:blau%3Abaer@${ecr.proxy.address}` };
    await pushTo(ecr, { proxy });
    expect(ecr.registry.verify()).toEqual([]);
  });

  it.each([
    ['that the proxy does not accept', '407'],
    ['that leads nowhere', '502'],
  ])('shows no password %s', async (_, status) => {
    const ecr = await startedEcr({ proxy: { login: { username: 'lotse', password: 'other' } } });
    const password = status === '407' ? 'blaubaer' : 'other';
    const proxy = { https: `http://lotse:${password}@${ecr.proxy.address}` };
    await using store = registryStore({ ...ecr.options, proxy });
    const host = status === '407' ? ecr.host : 'elsewhere.invalid';
    const error = await rejection(store.ping(parseReference(`${host}/hello`), createContext()));
    expect(error).toMatchObject({
      code: 'CATA_REGISTRY_UNREACHABLE',
      message: expect.stringContaining(status),
    });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/blaubaer|bG90c2U6/);
  });

  it.each(['elsewhere.invalid', '.invalid', 'example.com,*.invalid'])(
    'leaves the proxy out for what NO_PROXY has as "%s"',
    async (noProxy) => {
      const ecr = await startedEcr();
      const proxy = { https: `http://${ecr.proxy.address}`, noProxy };
      await using store = registryStore({ ...ecr.options, proxy });
      const elsewhere = parseReference('elsewhere.invalid/hello');
      const error = await rejection(store.ping(elsewhere, createContext()));
      expect(error).toMatchObject({ code: 'CATA_REGISTRY_UNREACHABLE' });
      expect(ecr.proxy.asked).toEqual([]);
      await store.put(parseReference(`${ecr.host}/hello:1`), await helloIndex(), createContext());
      expect(ecr.proxy.asked).toContain(`${ecr.host}:443`);
    },
  );

  it('is not gone when the certificate is not trusted', async () => {
    const ecr = await startedEcr();
    expect(await rejection(pushTo(ecr, { ca: [] }))).toMatchObject({
      code: 'CATA_REGISTRY_CERTIFICATE',
      fault: 'user',
    });
    expect(ecr.registry.requests).toEqual([]);
  });
});
