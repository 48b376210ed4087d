import type { TarEntry } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import type { AddedFile } from './added-files.ts';
import { composeRoot } from './compose-root.ts';
import type { DebEntry } from './deb-archive.ts';

const entry = (path: string, parts: Partial<DebEntry> & { content?: string } = {}): DebEntry => {
  const bytes = Buffer.from(parts.content ?? '');
  return {
    path,
    type: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    sizeBytes: bytes.length,
    target: '',
    bytes,
    ...parts,
  };
};
const folder = (path: string, mode = 0o755) => entry(path, { type: 'directory', mode });
const opened = (name: string, data: readonly DebEntry[], control: readonly DebEntry[] = []) => ({
  name,
  archive: { control, data },
});
const rootOf = (...packages: Parameters<typeof composeRoot>[0]) =>
  new Map(composeRoot(packages).map((made) => [made.path, made] as const));
const text = (made: TarEntry | undefined) =>
  made?.type === 'file' ? Buffer.from(made.content).toString('utf8') : made;

describe('composeRoot', () => {
  it('puts what lies outside /usr into it, with links in its place', () => {
    const root = rootOf(
      opened('libc6', [
        entry('lib/x86_64-linux-gnu/libc.so.6', { content: 'libc', mode: 0o755 }),
        entry('lib64/ld.so', { type: 'symlink', target: '/lib/x86_64-linux-gnu/ld.so' }),
        entry('bin/again', { type: 'hardlink', target: './bin/tool' }),
        entry('library/untouched'),
      ]),
    );
    expect(text(root.get('usr/lib/x86_64-linux-gnu/libc.so.6'))).toBe('libc');
    expect(root.get('usr/bin/again')).toMatchObject({ type: 'hardlink', target: 'usr/bin/tool' });
    expect(root.has('library/untouched')).toBe(true);
    for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
      expect(root.get(name)).toMatchObject({ type: 'symlink', target: `usr/${name}` });
    }
    expect([...root.keys()].filter((path) => path.startsWith('lib/'))).toEqual([]);
    expect(rootOf(opened('a', [entry('lib/ld-linux-aarch64.so.1')])).has('lib64')).toBe(false);
  });

  it('lets the first of several names for a file hold it, for a link cannot come before', () => {
    const link = (path: string, target: string) => entry(path, { type: 'hardlink', target, mode: 0o755 });
    const program = entry('bin/m', { content: 'program', mode: 0o755 });
    const root = rootOf(
      opened('a', [program, link('bin/z', './bin/m'), link('bin/b', 'bin/m'), link('bin/c', 'bin/m')]),
    );
    expect(text(root.get('usr/bin/b'))).toBe('program');
    for (const name of ['c', 'm', 'z']) {
      expect(root.get(`usr/bin/${name}`)).toMatchObject({ type: 'hardlink', target: 'usr/bin/b' });
    }
    const sorted = rootOf(opened('a', [program, link('bin/z', 'bin/m')]));
    expect(text(sorted.get('usr/bin/m'))).toBe('program');
  });

  it('drops documentation, and keeps every licence and what leads to one', () => {
    const doc = 'usr/share/doc';
    const root = rootOf(
      opened('a', [
        folder(`${doc}/a`),
        entry(`${doc}/a/copyright`, { content: 'MIT' }),
        entry(`${doc}/a/changelog.gz`),
        entry(`${doc}/a/examples/copyright`),
        entry(`${doc}/b`, { type: 'symlink', target: 'a' }),
        folder(`${doc}/empty`),
        entry('usr/share/man/man1/a.1.gz'),
        folder('usr/share/man'),
        entry('usr/share/locale/de/a.mo'),
        entry('usr/share/manual'),
      ]),
    );
    const kept = [...root.keys()].filter((path) => path.startsWith('usr/share/')).sort();
    expect(kept).toEqual([doc, `${doc}/a`, `${doc}/a/copyright`, `${doc}/b`, 'usr/share/manual']);
  });

  it('names every path once, and describes every folder on the way', () => {
    const paths = composeRoot([
      opened('a', [folder('usr'), folder('var/empty', 0o1777), entry('usr/lib/deep/er/x'), entry('etc/x')]),
      opened('b', [folder('usr'), folder('var/empty'), entry('usr/lib/deep/y')]),
    ]).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths)
      if (path.includes('/')) expect(paths).toContain(path.slice(0, path.lastIndexOf('/')));
    expect(rootOf(opened('a', [folder('var/empty', 0o1777)])).get('var/empty')).toMatchObject({
      mode: 0o1777,
    });
  });

  it('has users, and homes that are theirs', () => {
    const root = rootOf(opened('a', []));
    expect(text(root.get('etc/passwd'))).toMatch(
      /^nonroot:x:65532:65532:nonroot:\/home\/nonroot:\/sbin\/nologin$/m,
    );
    expect(text(root.get('etc/group'))).toMatch(/^nonroot:x:65532:$/m);
    expect(root.get('home/nonroot')).toMatchObject({ uid: 65532, gid: 65532, mode: 0o700 });
    expect(root.get('tmp')).toMatchObject({ type: 'directory', mode: 0o1777 });
    expect(text(root.get('etc/nsswitch.conf'))).toContain('hosts: files dns\n');
  });

  it('makes one file of all certificates, sorted by name', () => {
    const at = (name: string) => `usr/share/ca-certificates/mozilla/${name}`;
    const certificates = [entry(at('b.crt'), { content: 'B\n' }), entry(at('a.crt'), { content: 'A\n' })];
    const root = rootOf(opened('ca-certificates', [...certificates, entry(at('a.txt'), { content: 'no' })]));
    expect(text(root.get('etc/ssl/certs/ca-certificates.crt'))).toBe('A\nB\n');
    expect(rootOf(opened('a', [])).has('etc/ssl/certs/ca-certificates.crt')).toBe(false);
  });

  it('leaves a record of each package, as scanners of distroless images read it', () => {
    const control = [
      entry('control', { content: 'Package: a\n' }),
      entry('md5sums', { content: 'abc  x\n' }),
      entry('postinst', { content: '#!/bin/sh' }),
    ];
    const root = rootOf(opened('a', [], control));
    expect(text(root.get('var/lib/dpkg/status.d/a'))).toBe('Package: a\n');
    expect(text(root.get('var/lib/dpkg/status.d/a.md5sums'))).toBe('abc  x\n');
    expect([...root.keys()].filter((path) => path.startsWith('var/lib/dpkg/'))).toHaveLength(3);
  });

  it('refuses a file of two packages, also when only one of them knows of /usr', () => {
    const [one, two] = [opened('one', [entry('bin/x')]), opened('two', [entry('usr/bin/x')])];
    expect(() => rootOf(one, two)).toThrow(
      expect.objectContaining({
        code: 'CATA_DEB_INVALID',
        message: expect.stringContaining('"two" cannot be used: "usr/bin/x" is in another package too'),
      }),
    );
  });

  it('refuses a device', () => {
    expect(() => rootOf(opened('a', [entry('dev/sda', { type: 'other' })]))).toThrow(
      'neither file, folder nor link',
    );
  });
});

describe('composeRoot with what a project asks for', () => {
  const composed = (
    options: Parameters<typeof composeRoot>[1],
    ...packages: Parameters<typeof composeRoot>[0]
  ) => new Map(composeRoot(packages, options).map((made) => [made.path, made] as const));
  const added = (path: string, content: string, mode = 0o644): AddedFile => ({
    type: 'file',
    path,
    mode,
    identity: content,
    content: Buffer.from(content),
  });

  it.each([
    [{ name: 'web', id: 1000 }, /^web:x:1000:1000:web:\/home\/web:\/sbin\/nologin$/m, 'home/web'],
    [{ name: 'root', id: 0 }, /^root:x:0:0:.*\nnobody:.*\n$/, 'root'],
    [{ name: 'nobody', id: 65534 }, /^root:x:0:0:.*\nnobody:.*\n$/, undefined],
  ])('has the user $name, once', (user, passwd, home) => {
    const root = composed({ user });
    expect(text(root.get('etc/passwd'))).toMatch(passwd);
    expect(String(text(root.get('etc/passwd'))).match(new RegExp(`^${user.name}:`, 'gm'))).toHaveLength(1);
    expect([...root.keys()].filter((path) => path.startsWith('home/'))).toEqual(
      home?.startsWith('home') ? [home] : [],
    );
    if (home) expect(root.get(home)).toMatchObject({ type: 'directory', mode: 0o700 });
  });

  it('is in a time zone that its packages know, and in no other', () => {
    const tzdata = opened('tzdata', [
      entry('usr/share/zoneinfo/Europe/Oslo', { content: 'TZif' }),
      entry('usr/share/zoneinfo/Oslo', { type: 'symlink', target: 'Europe/Oslo' }),
    ]);
    const root = composed({ zone: 'Europe/Oslo' }, tzdata);
    expect(root.get('etc/localtime')).toMatchObject({
      type: 'symlink',
      target: '/usr/share/zoneinfo/Europe/Oslo',
    });
    expect(text(root.get('etc/timezone'))).toBe('Europe/Oslo\n');
    expect(composed({ zone: 'Oslo' }, tzdata).has('etc/localtime')).toBe(true);
    expect(composed({}, tzdata).has('etc/localtime')).toBe(false);
    for (const zone of ['Europe/Olso', 'Europe']) {
      expect(() => composed({ zone }, tzdata)).toThrow(
        expect.objectContaining({
          code: 'CATA_TIMEZONE_UNKNOWN',
          message: expect.stringContaining(`"${zone}"`),
        }),
      );
    }
  });

  it('has its files where links lead, so that no link is hidden by a folder', () => {
    const base = opened('base-files', [
      entry('var/run', { type: 'symlink', target: '/run' }),
      entry('etc/alias', { type: 'symlink', target: '../usr/lib/./deep/..' }),
      entry('lib/own', { content: 'package' }),
    ]);
    const files = ['lib/own', 'lib/x/y', 'var/run/app/pid', 'etc/alias/z'].map((path) => added(path, path));
    const root = composed({ files }, base);
    const where = Object.fromEntries(
      [...root].filter(([, made]) => made.type === 'file').map(([path, made]) => [path, text(made)]),
    );
    expect(where).toMatchObject({
      'usr/lib/own': 'lib/own',
      'usr/lib/x/y': 'lib/x/y',
      'run/app/pid': 'var/run/app/pid',
      'usr/lib/z': 'etc/alias/z',
    });
    expect(root.get('lib')).toMatchObject({ type: 'symlink' });
    expect(root.get('usr/lib/x')).toMatchObject({ type: 'directory', mode: 0o755 });
  });

  it('replaces a package’s file by its own, and no other that shares its content', () => {
    const base = opened('perl', [
      entry('usr/bin/perl', { content: 'perl', mode: 0o755 }),
      entry('usr/bin/perl5', { type: 'hardlink', target: 'usr/bin/perl', mode: 0o755 }),
    ]);
    const root = composed({ files: [added('usr/bin/perl', 'mine', 0o700)] }, base);
    expect(text(root.get('usr/bin/perl'))).toBe('mine');
    expect(root.get('usr/bin/perl')).toMatchObject({ mode: 0o700 });
    expect(text(root.get('usr/bin/perl5'))).toBe('perl');
  });

  it('refuses a file in place of a folder, below a file, or behind links without end', () => {
    const base = opened('a', [
      folder('etc/a'),
      entry('etc/file'),
      entry('etc/round', { type: 'symlink', target: 'round' }),
    ]);
    for (const path of ['etc/a', 'etc/file/x', 'etc/round/x']) {
      expect(() => composed({ files: [added(path, '')] }, base)).toThrow(
        expect.objectContaining({ code: 'CATA_BASE_FILE', message: expect.stringContaining(`"/${path}"`) }),
      );
    }
  });

  it('is merged as ever where base-files has the links itself, as since trixie', () => {
    const links = ['bin', 'sbin', 'lib', 'lib64'].map((name) =>
      entry(name, { type: 'symlink', target: `usr/${name}` }),
    );
    const root = composed({}, opened('base-files', links), opened('libc6', [entry('usr/lib64/ld.so')]));
    for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
      expect(root.get(name)).toMatchObject({ type: 'symlink', target: `usr/${name}` });
      expect(root.get(`usr/${name}`)).toMatchObject({ type: 'directory' });
    }
  });
});
