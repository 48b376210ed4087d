import { describe, expect, it } from 'vitest';
import { packageList } from './package-list.ts';
import { resolveClosure } from './resolve-closure.ts';

/** A Packages file; each package as "name version" and its other fields. */
function packagesText(packages: Readonly<Record<string, string>>): string {
  const paragraphs = Object.entries(packages).map(([key, fields]) => {
    const [name, version = '1'] = key.split(' ');
    return `Package: ${name}\nVersion: ${version}\nArchitecture: amd64\n${fields}\nFilename: pool/${name}_${version}.deb\nSize: 10\nSHA256: ${'ab'.repeat(32)}\n`;
  });
  return paragraphs.join('\n');
}
const listOf = (...files: Readonly<Record<string, string>>[]) =>
  packageList(
    files.map((packages, at) => ({ suite: `suite${at}`, bytes: Buffer.from(packagesText(packages)) })),
  );
const closure = (packages: Readonly<Record<string, string>>, ...wanted: string[]) =>
  resolveClosure(wanted, listOf(packages)).map(({ name }) => name);

describe('packageList', () => {
  it('has of each package the newest version, from whichever source', () => {
    const list = listOf(
      { 'a 1.9': 'Depends: b', 'b 1': 'X: y' },
      { 'a 1.10': 'X: y' },
      { 'a 1.10~rc1': 'X: y' },
    );
    expect(list.get('a')).toEqual({
      name: 'a',
      version: '1.10',
      depends: [],
      provides: [],
      sha256: 'ab'.repeat(32),
      sizeBytes: 10,
      suite: 'suite1',
      file: 'pool/a_1.10.deb',
    });
    expect(list.get('b')).toMatchObject({ suite: 'suite0', file: 'pool/b_1.deb' });
    expect(list.get('c')).toBeUndefined();
  });

  it('does not take a package for another whose name begins like it', () => {
    const list = listOf({ 'libc6-dev 2': 'Depends: libc6', 'libc6 1': 'X: y' });
    expect(list.get('libc6')).toMatchObject({ name: 'libc6', version: '1' });
    expect(list.get('libc')).toBeUndefined();
  });

  it('knows who provides what', () => {
    const list = listOf({ mawk: 'Provides: awk', gawk: 'Provides: awk, new-awk (= 5)' });
    expect(list.providers('awk')).toEqual(['gawk', 'mawk']);
    expect(list.providers('new-awk')).toEqual(['gawk']);
    expect(list.providers('nothing')).toEqual([]);
  });

  it('reads what has to be there before, too', () => {
    expect(listOf({ a: 'Pre-Depends: c\nDepends: b' }).get('a')?.depends).toEqual([
      [{ name: 'c' }],
      [{ name: 'b' }],
    ]);
  });
});

describe('resolveClosure', () => {
  it('has all that is depended on, once, in a circle or not, sorted', () => {
    const packages = {
      z: 'Depends: a, b (>= 1)',
      a: 'Depends: b',
      b: 'Pre-Depends: a',
      unrelated: 'Depends: z',
    };
    expect(closure(packages, 'z')).toEqual(['a', 'b', 'z']);
    expect(closure(packages, 'b', 'b')).toEqual(['a', 'b']);
  });

  it('takes of alternatives what is there already, else the first that is to be had', () => {
    const packages = { app: 'Depends: x | y | z', y: '', z: '' };
    expect(closure(packages, 'app')).toEqual(['app', 'y']);
    expect(closure(packages, 'app', 'z')).toEqual(['app', 'z']);
  });

  it('takes a package that provides what is asked for', () => {
    const packages = { app: 'Depends: virtual', one: 'Provides: virtual', two: 'Provides: virtual' };
    expect(closure(packages, 'app')).toEqual(['app', 'one']);
    expect(closure(packages, 'app', 'two')).toEqual(['app', 'two']);
  });

  it('takes a version only from what provides one (policy § 7.5)', () => {
    const app = 'Depends: virtual (>= 2)';
    expect(closure({ app, one: 'Provides: virtual', two: 'Provides: virtual (= 2.1)' }, 'app')).toEqual([
      'app',
      'two',
    ]);
    expect(closure({ app, 'virtual 1': '', two: 'Provides: virtual (= 2.1)' }, 'app')).toEqual([
      'app',
      'two',
    ]);
    for (const provides of ['virtual', 'virtual (= 1)']) {
      expect(() => closure({ app, one: `Provides: ${provides}` }, 'app')).toThrow(
        expect.objectContaining({ code: 'CATA_DEBIAN_DEPENDENCY' }),
      );
    }
  });

  it('refuses what no version satisfies, and says which', () => {
    expect(() => closure({ app: 'Depends: lib (>= 2) | other', 'lib 1.9': '' }, 'app')).toThrow(
      expect.objectContaining({
        code: 'CATA_DEBIAN_DEPENDENCY',
        message: 'The package "app" depends on lib (>= 2) | other, which these sources do not have.',
      }),
    );
    expect(closure({ app: 'Depends: lib (>= 2)', 'lib 2.0~rc1': '', 'lib 2.0': '' }, 'app')).toEqual([
      'app',
      'lib',
    ]);
  });

  it('refuses a package that Debian does not have', () => {
    expect(() => closure({ app: '' }, 'app', 'ap')).toThrow(
      expect.objectContaining({
        code: 'CATA_DEBIAN_PACKAGE_MISSING',
        message: expect.stringContaining('"ap"'),
      }),
    );
  });

  it('leaves out what only installing needs, unless it is asked for', () => {
    const packages = {
      'base-files': 'Pre-Depends: awk',
      'ca-certificates': 'Depends: openssl (>= 1), debconf (>= 0.5) | debconf-2.0',
      app: 'Depends: openssl',
      mawk: 'Provides: awk',
      openssl: '',
      debconf: '',
    };
    expect(closure(packages, 'base-files', 'ca-certificates')).toEqual(['base-files', 'ca-certificates']);
    expect(closure(packages, 'app')).toEqual(['app', 'openssl']);
    expect(closure(packages, 'debconf')).toEqual(['debconf']);
  });
});
