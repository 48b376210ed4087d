import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeCertificate } from '../packages/oci/src/testing/certificate.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { startRegistry } from './support/docker-registry.ts';
import { startForwardProxy } from './support/forward-proxy.ts';
import { imageInPlaces } from './support/image-in-places.ts';
import { writePasswordFile } from './support/password-file.ts';
import { runCatamaran } from './support/run-catamaran.ts';

const tools = await requireTools('docker-registry', 'htpasswd', 'openssl');

describe.skipIf(!tools)('ways into a registry', { timeout: 60_000 }, () => {
  const there = imageInPlaces();
  describe('a registry with TLS and a login', () => {
    it('is entered with --ca and the right password, and with nothing less', async () => {
      const login = { username: 'skipper', password: 'correct horse' };
      const tls = makeCertificate('127.0.0.1');
      const htpasswd = await writePasswordFile(join(there.folder, 'htpasswd'), login);
      mkdirSync(join(there.folder, 'guarded'));
      await using guarded = await startRegistry(join(there.folder, 'guarded'), { tls, htpasswd });
      const place = `${guarded.address}/app:1`;
      const env = {
        HOME: join(there.folder, 'home'),
        CATAMARAN_REGISTRY: guarded.address,
        CATAMARAN_REGISTRY_USERNAME: login.username,
      };
      const copy = (password: string, ...flags: readonly string[]) =>
        runCatamaran(['copy', 'app', place, ...flags], {
          cwd: there.folder,
          env: { ...env, CATAMARAN_REGISTRY_PASSWORD: password },
        });
      const untrusted = await copy(login.password);
      expect(untrusted.stderr).toContain('CATA_REGISTRY_CERTIFICATE');
      expect(untrusted.exitCode).toBe(2);
      const wrong = await copy('s3cret', '--ca', tls.certFile);
      expect(wrong.stderr).toContain('CATA_REGISTRY_UNAUTHORIZED');
      expect(wrong.stdout + wrong.stderr).not.toContain('s3cret');
      const right = await copy(login.password, '--ca', tls.certFile);
      expect(right).toMatchObject({ exitCode: 0, stdout: `${place}@${await there.digestOf('app')}\n` });
    });
  });

  describe('a proxy', () => {
    it('is gone through where the environment names one, and NO_PROXY does not', async () => {
      await using proxy = await startForwardProxy(there.registry.address);
      const digest = (noProxy: string) =>
        runCatamaran(['digest', 'registry.test/team/app:1', '--plain-http', 'registry.test'], {
          cwd: there.folder,
          env: { HTTP_PROXY: proxy.address, http_proxy: undefined, NO_PROXY: noProxy, no_proxy: undefined },
        });
      expect(await digest('')).toMatchObject({ exitCode: 0, stdout: `${await there.digestOf(there.app)}\n` });
      expect([...proxy.askedFor]).toEqual([expect.stringMatching(/^registry\.test(?::80)?$/)]);
      const direct = await digest('registry.test');
      expect(direct.stderr).toContain('CATA_REGISTRY_UNREACHABLE');
    });
  });
});
