import { expect, it } from 'vitest';
import { findSecrets } from './find-secrets.ts';

const lines = (path: string, text: string) => findSecrets(path, Buffer.from(text)).map(({ line }) => line);

it.each([
  ['root/.gitconfig', '[url "https://bot:S3cr3tW0rd9@git.example.org"]\n'],
  ['root/.gitconfig', '\n\n\textraheader = AUTHORIZATION: bearer S3cr3tW0rd9\n', 3],
  ['root/.kube/config', 'users:\n- user:\n    token: S3cr3tW0rd9\n', 3],
  ['root/.kube/config', 'users:\n  - token: S3cr3tW0rd9\n', 2],
  ['root/.aws/credentials', '[default]\n  aws_secret_access_key = S3cr3tW0rd9\n', 2],
  ['root/.cargo/credentials.toml', '[registry]\ntoken = "S3cr3tW0rd9"\n', 2],
])('%s: finds %j', (path, text, line = 1) => {
  expect(lines(path, text)).toEqual([line]);
});

it('says once what is in a line, though it looks like a token besides', () => {
  const token = `npm_${'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0fG3iL6'.slice(0, 36)}`;
  const npmrc = `//registry.example.com/:_authToken=${token}\nother=${token}\n`;
  expect(lines('app/.npmrc', npmrc)).toEqual([1, 2]);
});

it('tells a key from what only begins like one', () => {
  const body = `${'A'.repeat(64)}\n${'b'.repeat(32)}==`;
  const key = `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----\n`;
  const begun = `-----BEGIN RSA PRIVATE KEY-----\n${body}\n`;
  expect(lines('etc/server.pem', `${begun}${key}`)).toEqual([4]);
  const old = key.replace('KEY-----\n', 'KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,ABCD\n\n');
  expect(findSecrets('etc/server.pem', Buffer.from(old))).toMatchObject([{ line: 1, isDoubtful: true }]);
});

it.each([
  ['etc/server.pem', '-----BEGIN PRIVATE KEY-----\n'],
  ['root/.gitconfig', 'a'],
  ['root/.kube/config', ' '],
  ['root/.kube/config', '\n'],
  ['root/.netrc', 'password '],
])('comes to an end with megabytes of what a secret in %s may begin with: %j', (path, text) => {
  const content = Buffer.from(text.repeat(3e6 / text.length));
  expect(findSecrets(path, content).length).toBeLessThanOrEqual(5);
});
