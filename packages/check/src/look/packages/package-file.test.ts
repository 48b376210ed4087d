import { expect, it } from 'vitest';
import { openPackageFile } from './package-file.ts';

function packagesIn(path: string, text: string) {
  const content = Buffer.from(text);
  const opened = openPackageFile({ path, sizeBytes: content.byteLength } as Parameters<
    typeof openPackageFile
  >[0]);
  // As it comes: in pieces, and in memory that is used again.
  const piece = new Uint8Array(1);
  for (const byte of content) {
    piece[0] = byte;
    opened?.add(piece);
  }
  return opened?.found().packages;
}

it('reads what dpkg has installed', () => {
  const status = `Package: libc6
Status: install ok installed
Architecture: amd64
Version: 2.36-9+deb12u14
Description: GNU C Library
 Package: not one
 .
 More.

Package: removed
Status: deinstall ok config-files
Architecture: amd64
Version: 1

Package: zlib1g
Status: install ok installed
Architecture: amd64
Version: 1:1.2.13

Package: zlib1g
Status: install ok installed
Architecture: i386
Version: 1:1.2.13
`;
  expect(packagesIn('var/lib/dpkg/status', status)).toEqual([
    { name: 'libc6', version: '2.36-9+deb12u14' },
    { name: 'zlib1g:amd64', version: '1:1.2.13' },
    { name: 'zlib1g:i386', version: '1:1.2.13' },
  ]);
  expect(packagesIn('var/lib/dpkg/status.d/base-files', 'Package: base-files\nVersion: 12\n')).toEqual([
    { name: 'base-files', version: '12' },
  ]);
});

it('reads Alpine’s database', () => {
  const installed = 'C:Q1abc=\nP:musl\nV:1.2.5-r0\nA:x86_64\nF:lib\n\nP:busybox\nV:1.36.1-r2\n\n';
  expect(packagesIn('lib/apk/db/installed', installed)).toEqual([
    { name: 'musl', version: '1.2.5-r0' },
    { name: 'busybox', version: '1.36.1-r2' },
  ]);
});

it('reads the manifests of node_modules, and what is damaged as nothing', () => {
  const scoped = 'app/node_modules/@scope/name/package.json';
  expect(packagesIn(scoped, '{"name":"@scope/name","version":"1.2.3"}')).toEqual([
    { name: '@scope/name', version: '1.2.3' },
  ]);
  expect(packagesIn(scoped, '\uFEFF{"version":"1.2.3"}')).toEqual([
    { name: '@scope/name', version: '1.2.3' },
  ]);
  for (const text of ['', 'null', '[]', '{"name":7,"version":"1"}', '{"type":"commonjs"}', '{']) {
    expect(packagesIn(scoped, text)).toEqual([]);
  }
});

it.each([
  'app/package.json',
  'app/node_modules/name/lib/package.json',
  'app/node_modules/@scope/package.json',
  'app/node_modules/package.json',
  'var/lib/dpkg/status-old',
  'var/lib/dpkg/status.d/libc6.md5sums',
  'etc/apk/world',
])('%s tells of no packages', (path) => {
  expect(packagesIn(path, '{"name":"x","version":"1"}')).toBeUndefined();
});
