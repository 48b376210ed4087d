import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requirePrograms } from '../../../testing/require-programs.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { writeFiles } from '../../../testing/write-files.ts';
import { type DebEntry, readDeb } from './deb-archive.ts';

/** A .deb made by Debian's own program. */
function buildDeb(compression: string): Buffer {
  const folder = temporaryFolder();
  const root = writeFiles(join(folder, 'root'), {
    'DEBIAN/control':
      'Package: tiny\nVersion: 1\nArchitecture: amd64\nMaintainer: a <a@b.test>\nDescription: x\n',
    'usr/bin/tiny': '#!/bin/sh\n',
    [`usr/share/${'long/'.repeat(30)}name`]: 'far down',
  });
  chmodSync(join(root, 'usr/bin/tiny'), 0o755);
  symlinkSync('tiny', join(root, 'usr/bin/link'));
  linkSync(join(root, 'usr/bin/tiny'), join(root, 'usr/bin/same'));
  mkdirSync(join(root, 'var/empty'), { recursive: true });
  const path = join(folder, 'tiny.deb');
  execFileSync('dpkg-deb', [`-Z${compression}`, '--root-owner-group', '--build', root, path], {
    stdio: 'pipe',
  });
  return readFileSync(path);
}

const text = (entry: DebEntry | undefined) => Buffer.from(entry?.bytes ?? []).toString('utf8');

describe.skipIf(!requirePrograms('dpkg-deb'))('readDeb', () => {
  it.each(['xz', 'gzip', 'zstd', 'none'])('reads what dpkg-deb makes with %s', async (compression) => {
    const { control, data } = await readDeb(buildDeb(compression), 'tiny');
    expect(text(control.find(({ path }) => path === 'control'))).toContain('Package: tiny\n');
    const at = (path: string) => data.find((entry) => entry.path === path);
    const program = data.find(({ path, type }) => /^usr\/bin\/(?:tiny|same)$/.test(path) && type === 'file');
    expect(program).toMatchObject({ mode: 0o755, uid: 0, gid: 0 });
    expect(text(program)).toBe('#!/bin/sh\n');
    expect(at('usr/bin/link')).toMatchObject({ type: 'symlink', target: 'tiny' });
    expect(data.filter(({ type }) => type === 'hardlink')).toHaveLength(1);
    expect(at('var/empty')).toMatchObject({ type: 'directory' });
    expect(text(at(`usr/share/${'long/'.repeat(30)}name`))).toBe('far down');
  });

  it.each(['xz', 'gzip', 'zstd', 'none'])(
    'is never misled for ever by damage to one made with %s',
    async (compression) => {
      const whole = buildDeb(compression);
      const damage = fc.oneof(
        fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
          const bytes = Buffer.from(whole);
          bytes[at] = (bytes[at] ?? 0) ^ bits;
          return bytes;
        }),
        fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      );
      await fc.assert(
        fc.asyncProperty(damage, async (bytes) => {
          const outcome = await readDeb(bytes, 'tiny').catch((error: { code?: string }) => error.code);
          expect(typeof outcome === 'object' || outcome === 'CATA_DEB_INVALID').toBe(true);
        }),
        { numRuns: 60 },
      );
    },
  );
});

describe('readDeb refuses', () => {
  const member = (name: string, size: string | number, content = '') =>
    `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(size).padEnd(10)}\`\n${content}`;
  const version = member('debian-binary', 4, '2.0\n');

  it.each([
    ['nothing', '', 'it is no ar archive'],
    ['a web page', '<html></html>', 'it is no ar archive'],
    ['an ar archive of something else', `!<arch>\n${member('a.o', 2, 'xx')}`, 'it has no debian-binary'],
    ['one without contents', `!<arch>\n${version}`, 'it has no control.tar'],
    [
      'a size of less than nothing',
      `!<arch>\n${version}${member('control.tar', -60)}`,
      '"control.tar" is cut short',
    ],
    [
      'a size that is no number',
      `!<arch>\n${version}${member('control.tar', '0x10')}`,
      '"control.tar" is cut short',
    ],
    ['no size', `!<arch>\n${version}${member('control.tar', '')}`, '"control.tar" is cut short'],
    [
      'more than there is',
      `!<arch>\n${version}${member('control.tar', 10, 'x')}`,
      '"control.tar" is cut short',
    ],
    ['what is no tar', `!<arch>\n${version}${member('control.tar', 600, 'x'.repeat(600))}`, ''],
    ['what is no gzip', `!<arch>\n${version}${member('control.tar.gz', 4, 'nope')}`, 'header'],
    ['what is no xz', `!<arch>\n${version}${member('control.tar.xz', 4, 'nope')}`, ''],
  ])('%s', async (_, bytes, reason) => {
    await expect(readDeb(Buffer.from(bytes, 'latin1'), 'tiny')).rejects.toMatchObject({
      code: 'CATA_DEB_INVALID',
      message: expect.stringMatching(new RegExp(`^The Debian package "tiny" cannot be used: .*${reason}`)),
    });
  });
});
