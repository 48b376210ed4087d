import { type PublishedPackage, type RegistryContent, tarballOf } from './package-registry.ts';

export const pack = (
  name: string,
  version: string,
  more: object = {},
  files: RegistryContent['files'] = {},
): RegistryContent => ({
  package: { name, version, ...more } as PublishedPackage,
  files,
});
export const script = '#!/usr/bin/env node\nconsole.log(1);\n';
const platformPackages = [
  'linux-x64-gnu',
  'linux-x64-musl',
  'linux-arm64-gnu',
  'linux-arm64-musl',
  'darwin-arm64',
];
const platformOf = (name: string) => ({
  os: [name.split('-')[0]],
  cpu: [name.split('-')[1]],
  ...(name.endsWith('gnu') ? { libc: ['glibc'] } : name.endsWith('musl') ? { libc: ['musl'] } : {}),
});

export const registryContent: readonly RegistryContent[] = [
  pack(
    'plain',
    '1.0.0',
    { dependencies: { shared: '^1.0.0' } },
    { 'lib/deep/a.js': 'a', '.gitignore': 'x', 'sub/.gitignore': 'y', 'sub/.npmignore': 'z' },
  ),
  pack('plain', '2.0.0', { dependencies: { shared: '^2.0.0' } }),
  pack('shared', '1.5.0'),
  pack('shared', '2.5.0'),
  pack(
    '@scope/pkg',
    '1.0.0',
    { dependencies: { plain: '^1.0.0' }, bin: { pkg: 'bin/pkg.js', gone: 'not/there.js' } },
    { 'bin/pkg.js': script },
  ),
  pack(
    'cli',
    '1.0.0',
    { bin: './cli.js', dependencies: { shared: '^1.0.0', tool: '1' } },
    { 'cli.js': script, 'run.sh*': '#!/bin/sh\n' },
  ),
  pack(
    'tool',
    '1.0.0',
    { bin: { tool: 'tool.js', cli: 'other.js' } },
    { 'tool.js': script.replace('\n', '\r\n'), 'other.js': script },
  ),
  pack('tool', '2.0.0', { bin: { tool: 'tool.js' } }, { 'tool.js': script }),
  pack(
    'bundler',
    '1.0.0',
    { dependencies: { inner: '1.0.0' }, bundleDependencies: ['inner'] },
    {
      'node_modules/inner/package.json': JSON.stringify({
        name: 'inner',
        version: '1.0.0',
        bin: { inner: 'inner.js' },
      }),
      'node_modules/inner/inner.js': script,
    },
  ),
  pack('inner', '1.0.0', { bin: { inner: 'inner.js' } }, { 'inner.js': script }),
  pack('plugin', '1.0.0', {
    peerDependencies: { host: '^1.0.0', extra: '*', never: '*' },
    peerDependenciesMeta: { extra: { optional: true }, never: { optional: true } },
  }),
  pack('host', '1.0.0'),
  pack('host', '2.0.0'),
  pack('extra', '1.0.0'),
  pack('native', '1.0.0', {
    optionalDependencies: Object.fromEntries(platformPackages.map((name) => [`@native/${name}`, '1.0.0'])),
  }),
  ...platformPackages.map((name) =>
    pack(
      `@native/${name}`,
      '1.0.0',
      {
        ...platformOf(name),
        dependencies: name.includes('x64') ? { shared: '^2.0.0' } : {},
        bin: { [`native-${name.split('-')[1]}`]: 'n.js' },
      },
      { 'n.js': script },
    ),
  ),
  pack('not-windows', '1.0.0', { os: ['!win32'], cpu: ['any'] }),
  pack('only-mac', '1.0.0', { os: ['darwin'] }),
  pack('wants-mac', '1.0.0', { dependencies: { 'only-mac': '1', shared: '^1.0.0' } }),
  pack('from-the-future', '1.0.0', { engines: { node: '>=999' } }),
  pack('dev-only', '1.0.0', { dependencies: { extra: '1' }, bin: { dev: 'index.js' } }),
  pack('overridden', '1.0.0', { dependencies: { shared: '^1.0.0' } }),
  pack(
    'shrunk',
    '1.0.0',
    { dependencies: { plain: '*' }, _hasShrinkwrap: true },
    {
      'npm-shrinkwrap.json': JSON.stringify({
        name: 'shrunk',
        lockfileVersion: 3,
        packages: {
          '': { name: 'shrunk', version: '1.0.0', dependencies: { plain: '*' } },
          'node_modules/plain': { version: '1.0.0', dependencies: { shared: '^1.0.0' } },
          'node_modules/shared': { version: '1.5.0' },
        },
      }),
    },
  ),
];

export const everything = {
  name: 'everything',
  version: '1.0.0',
  dependencies: {
    '@scope/pkg': '^1.0.0',
    plain: '^2.0.0',
    'plain-one': 'npm:plain@^1.0.0',
    cli: '1.0.0',
    bundler: '^1.0.0',
    plugin: '^1.0.0',
    native: '1.0.0',
    overridden: '1.0.0',
    shrunk: '1.0.0',
  },
  optionalDependencies: {
    'not-windows': '1.0.0',
    'only-mac': '1.0.0',
    'wants-mac': '1.0.0',
    'from-the-future': '1.0.0',
  },
  devDependencies: { 'dev-only': '1.0.0', tool: '2.0.0' },
  bundleDependencies: ['overridden'],
  overrides: { overridden: { shared: '2.5.0' } },
};

/** Workspaces of which one is the application, and a folder that is none. */
export async function monorepo() {
  const vendored = pack(
    'vendored',
    '3.0.0',
    { bin: 'v.js', dependencies: { shared: '^1.0.0' } },
    { 'v.js': script },
  );
  return {
    'package.json': { name: 'root', workspaces: ['apps/*', 'libs/*'], dependencies: { plain: '^2.0.0' } },
    'apps/shop/package.json': {
      name: 'shop',
      dependencies: {
        lib: '*',
        '@own/other': '1.0.0',
        side: 'file:../../side',
        host: '^2.0.0',
        vendored: 'file:vendored.tgz',
      },
    },
    'apps/shop/vendored.tgz': await tarballOf(vendored),
    'apps/unrelated/package.json': { name: 'unrelated', dependencies: { inner: '1.0.0' } },
    'libs/lib/package.json': {
      name: 'lib',
      version: '1.0.0',
      bin: { lib: 'lib.js' },
      files: ['dist'],
      dependencies: { shared: '^2.0.0', host: '^1.0.0' },
      devDependencies: { 'dev-only': '1.0.0' },
    },
    'libs/lib/lib.js': script,
    'libs/lib/src/index.ts': 'source',
    'libs/lib/dist/index.js': 'made',
    'libs/lib/.gitignore': 'dist',
    'libs/other/package.json': {
      name: '@own/other',
      version: '1.0.0',
      dependencies: { lib: '^1.0.0', tool: '1.0.0' },
    },
    'libs/other/index.js': 'other',
    'libs/other/secret.env': 'secret',
    'libs/other/.npmignore': '*.env',
    'side/package.json': { name: 'side', version: '1.0.0', dependencies: { shared: '^1.0.0' } },
    'side/index.js': 'side',
  };
}
