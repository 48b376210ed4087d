import { generateKeyPairSync } from 'node:crypto';
import { createContext, file, parsePlatform, type TarEntry } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { checkImage } from '../check-image.ts';
import { foundIn } from '../testing/found-in.ts';
import { imageOf, layerOf } from '../testing/memory-image.ts';
import { noCache } from '../testing/no-cache.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const pem = (type: 'pkcs1' | 'pkcs8') => privateKey.export({ type, format: 'pem' }).toString();
const encrypted = privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
  .toString();
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
  type: 'sec1',
  format: 'pem',
});
/** Put together here: nobody who looks for secrets in this repository is to find some. */
const aws = `${'AKIA'}IOSFODNN7QWERTYU`;
const awsSecret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz';
const github = `${'gh'}p_${'a1B2'.repeat(9)}`;
const base64 = Buffer.from('user:password').toString('base64');

describe('a secret', () => {
  it.each<[string, string, string]>([
    ['srv/tls.key', pem('pkcs1'), 'a private key (line 1)'],
    [
      'srv/tls.pem',
      `${publicKey.export({ type: 'spki', format: 'pem' })}${pem('pkcs8')}`,
      'a private key (line 7)',
    ],
    ['etc/ssl/private/server', ec.toString(), 'a private key (line 1)'],
    ['app/src/key.js', `export const key = ${JSON.stringify(pem('pkcs8'))};`, 'a private key (line 1)'],
    [
      'root/.npmrc',
      `; npm\n//registry.example.com/:_authToken=${'abcd'.repeat(9)}\n`,
      'a token of npm’s (line 2)',
    ],
    ['app/.npmrc', `_auth=${base64}`, 'a token of npm’s (line 1)'],
    ['app/.yarnrc.yml', 'npmAuthToken: 0123456789abcdef', 'a token of Yarn’s (line 1)'],
    ['app/.env', 'PORT=3000\nDB_PASSWORD="hunter2"\n', 'a value for DB_PASSWORD (line 2)'],
    [
      'app/.env.production',
      'DATABASE_URL=postgres://app:hunter2@db/app',
      'a value for DATABASE_URL (line 1)',
    ],
    ['root/.netrc', 'machine api.example.com login me password hunter2', 'a password (line 1)'],
    [
      'root/.docker/config.json',
      `{"auths":{"registry.example.com":{"auth":"${base64}"}}}`,
      'the password of a registry (line 1)',
    ],
    [
      'root/.aws/credentials',
      `[default]\naws_secret_access_key = ${awsSecret}\n`,
      'credentials of AWS (line 2)',
    ],
    [
      'app/config.json',
      JSON.stringify({ id: aws, secret: awsSecret }),
      'an AWS access key with its secret (line 1)',
    ],
    [
      'app/.git/config',
      '[remote "origin"]\n  url = https://me:hunter2@git.example.com/app.git\n',
      'a password of Git’s (line 2)',
    ],
    [
      'app/.git/config',
      `[http]\n  extraheader = AUTHORIZATION: basic ${base64}\n`,
      'a token of Git’s (line 2)',
    ],
    [
      'root/.kube/config',
      'kind: Config\nusers:\n- name: me\n  user:\n    token: abcdef0123\n',
      'credentials of Kubernetes (line 5)',
    ],
    ['app/deploy.sh', `#!/bin/sh\ncurl -H "Authorization: token ${github}"\n`, 'a GitHub token (line 2)'],
  ])('in /%s is an error', async (path, text, what) => {
    expect(await foundIn([[file(path, text)]])).toEqual([`error secret /${path} holds ${what}`]);
  });

  it('of a Google service account is told, and not what it is', async () => {
    const account = JSON.stringify({ type: 'service_account', private_key: pem('pkcs8') });
    const found = await foundIn([[file('app/account.json', account)]]);
    expect(found).toContain(
      'error secret /app/account.json holds the key of a Google service account (line 1)',
    );
    expect(found.join()).not.toContain(pem('pkcs8').split('\n')[1]);
  });

  it.each<[string, string]>([
    ['srv/cert.pem', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['app/main.js', "if (text.includes('-----BEGIN RSA PRIVATE KEY-----')) throw new Error('no');"],
    ['app/README.txt', '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n'],
    [
      'app/.npmrc',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as npm has it.
      'registry=https://registry.example.com/\n//registry.example.com/:_authToken=${NPM_TOKEN}\n',
    ],
    ['app/.env.example', 'DB_PASSWORD=change-me-please\n'],
    ['app/.env', '# nothing yet\nDB_PASSWORD=\n'],
    ['app/.git/config', '[remote "origin"]\n  url = git@git.example.com:app.git\n'],
    ['root/.docker/config.json', '{"credsStore":"pass","auths":{"registry.example.com":{}}}'],
    ['app/config.json', JSON.stringify({ id: aws, checksum: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' })],
    ['app/docs.json', JSON.stringify({ id: 'AKIAIOSFODNN7EXAMPLE', secret: awsSecret })],
  ])('is not what is in /%s: %j', async (path, text) => {
    expect(await foundIn([[file(path, text)]])).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['warning', 'app/.env', 'PORT=3000\n'],
    ['warning', 'srv/tls.key', encrypted],
    ['warning', 'app/test/fixtures/key.pem', pem('pkcs8')],
    ['warning', 'app/node_modules/x/lib/key.pem', pem('pkcs8')],
    ['note', 'app/node_modules/x/test/key.pem', pem('pkcs8')],
    ['note', 'usr/lib/python3.11/test/certdata/key.pem', pem('pkcs8')],
  ])('is a %s in /%s', async (level, path, text) => {
    expect(await foundIn([[file(path, text)]])).toEqual([
      expect.stringMatching(`^${level} secret /${path} holds `),
    ]);
  });

  it('in a layer is there, whatever a later layer deletes or replaces', async () => {
    const key = file('srv/tls.key', pem('pkcs8'));
    const rest =
      ' holds a private key (line 1); a later layer deletes or replaces it, and it is still in layer 1';
    for (const later of [file('srv/.wh.tls.key', ''), file('srv/tls.key', ''), file('.wh.srv', '')]) {
      expect(await foundIn([[key], [later]])).toEqual([`error secret /srv/tls.key${rest}`]);
    }
    const layer = await layerOf(key);
    const platform = parsePlatform('linux/amd64');
    const report = await checkImage(await imageOf(platform, layer), platform, noCache, createContext());
    expect(report.findings[0]?.layer).toBe(await layer.diffId());
  });

  it('in a variable of the image is told by the variable’s name alone', async () => {
    const Env = [
      'PATH=/bin',
      'GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D',
      'TOKEN_FILE=/run/secrets/token',
    ];
    const secrets = [
      `CI=${github}`,
      'DB_PASSWORD=hunter2',
      'DATABASE_URL=postgres://db/app',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as Dockerfiles have it.
      'API_KEY=${API_KEY}',
    ];
    const found = await foundIn([], { execution: { Env: [...Env, ...secrets] } });
    expect(found).toEqual([
      'error secret its variable CI holds a GitHub token',
      'warning secret its variable DB_PASSWORD has a value that everybody can read who can pull it',
    ]);
  });

  it('in an earlier entry of the same path is still in the archive', async () => {
    const twice: TarEntry[] = [file('srv/tls.key', pem('pkcs8')), file('srv/tls.key', '')];
    expect(await foundIn([twice])).toContain('error secret /srv/tls.key holds a private key (line 1)');
  });
});
