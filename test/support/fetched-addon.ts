import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { endOfTar, file, gzipMember, type TarEntry, writeTarEntries } from '@catamaran/oci';
import { compileAddon } from '../../packages/build/testing/native-addon.ts';
import { integrityOf } from '../../packages/build/testing/npm-registry.ts';
import { program } from './build-native-package.ts';

const name = '@local/addon';
const manifest = {
  name,
  version: '1.0.0',
  main: 'index.js',
  scripts: { install: 'prebuild-install -r napi || node-gyp rebuild' },
  binary: { napi_versions: [3] },
};

async function archiveOf(...entries: readonly TarEntry[]): Promise<Uint8Array> {
  return gzipMember(Buffer.concat([...writeTarEntries(entries, 0), endOfTar]));
}

/**
 * A project whose only package fetches its addon when it is installed; a server on loopback is both the registry of
 * its scope and the place where prebuild-install would look.
 */
export async function fetchedAddonProject(folder: string) {
  const tarball = await archiveOf(
    file('package/package.json', JSON.stringify(manifest)),
    file('package/index.js', "module.exports = require('./build/Release/addon.node');\n"),
  );
  const archiveFor = async (architecture: 'amd64' | 'arm64') =>
    archiveOf(file('build/Release/addon.node', compileAddon(architecture, `from ${architecture}`), 0o755));
  const files: Readonly<Record<string, Uint8Array>> = {
    'addon-1.0.0.tgz': tarball,
    'addon-v1.0.0-napi-v3-linux-x64.tar.gz': await archiveFor('amd64'),
    'addon-v1.0.0-napi-v3-linux-arm64.tar.gz': await archiveFor('arm64'),
  };
  const server = createServer((request, response) => {
    const found = files[request.url?.split('/').pop() ?? ''];
    if (found) response.end(found);
    else response.writeHead(404).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dependencies = { [name]: '1.0.0' };
  const locked = {
    version: '1.0.0',
    resolved: `${url}/${name}/-/addon-1.0.0.tgz`,
    integrity: integrityOf(tarball),
    hasInstallScript: true,
  };
  const root = { name: 'fetched', version: '1.0.0', type: 'module', dependencies };
  const packages = { '': root, [`node_modules/${name}`]: locked };
  const config = { name: 'fetched', node: '24.21.0', app: { entry: 'main.mjs', files: ['main.mjs'] } };
  const texts = {
    'package.json': JSON.stringify(root),
    'package-lock.json': JSON.stringify({ name: 'fetched', version: '1.0.0', lockfileVersion: 3, packages }),
    'catamaran.config.ts': `export default ${JSON.stringify(config)};\n`,
    'main.mjs': program(`console.log(require('${name}').greeting);`),
    '.npmrc': `@local:registry=${url}/\nlocal_addon_binary_host=${url}\n`,
  };
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(folder, path), text);
  return { [Symbol.dispose]: () => void server.close() };
}
