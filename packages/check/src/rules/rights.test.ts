import { directory, file, type TarEntry } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { elfBytes } from '../testing/elf-bytes.ts';
import { foundIn } from '../testing/found-in.ts';

const su = file('bin/su', elfBytes({}), 0o4755);
const link = (path: string, target: string): TarEntry => ({ type: 'hardlink', path, target, mode: 0o4755 });

describe('set-uid', () => {
  it('tells of programs that run as their owner, or their group', async () => {
    const write: TarEntry = { ...file('bin/write', elfBytes({}), 0o2755), gid: 5 };
    expect(await foundIn([[su, write]])).toEqual([
      'warning set-uid /bin/su runs as its user root, whoever starts it',
      'warning set-uid /bin/write runs as its group 5, whoever starts it',
    ]);
  });

  it('tells of a program once, and of a second name when it is the last', async () => {
    const both = [su, link('bin/sudo', 'bin/su')];
    expect(await foundIn([both])).toHaveLength(1);
    expect(await foundIn([both, [file('bin/.wh.su', '')]])).toEqual([
      'warning set-uid /bin/sudo runs as its user root, whoever starts it',
    ]);
  });

  it('is silent where a later layer took the bit or the program away, and of folders', async () => {
    expect(await foundIn([[su], [{ ...su, mode: 0o755 }]])).toEqual([]);
    expect(await foundIn([[su], [file('bin/.wh.su', '')]])).toEqual([]);
    expect(await foundIn([[directory('var/mail', 0o2775), file('etc/locked', '', 0o2644)]])).toEqual([]);
  });
});

describe('world-writable', () => {
  it('tells of files, and of folders without the sticky bit', async () => {
    expect(await foundIn([[file('etc/app.conf', 'x', 0o666), directory('var/shared', 0o777)]])).toEqual([
      'warning world-writable /etc/app.conf may be written to by every user (mode 0666)',
      'warning world-writable /var/shared is a folder in which every user may replace what others have (mode 0777)',
    ]);
  });

  it('is silent of /tmp, of links, and of what is mended later', async () => {
    const shared = directory('var/shared', 0o777);
    const link = { type: 'symlink', path: 'l', target: 'x', mode: 0o777 } as const;
    expect(await foundIn([[directory('tmp', 0o1777), link]])).toEqual([]);
    expect(await foundIn([[shared], [{ ...shared, mode: 0o755 }]])).toEqual([]);
  });
});

describe('root-user', () => {
  const program = [file('bin/app', elfBytes({}), 0o755)];
  const passwd = file('etc/passwd', 'toor:x:0:0::/:\nroot:x:0:0::/:\napp:x:1000:1000::/:\n');
  const found = (User?: string, entries: readonly TarEntry[] = [...program, passwd]) =>
    foundIn([entries], { execution: { Entrypoint: ['/bin/app'], ...(User === undefined ? {} : { User }) } });

  it.each([
    [undefined, 'no user is set, so it runs as root'],
    ['', 'no user is set, so it runs as root'],
    ['0', 'its user is "0", which is root'],
    ['0:1000', 'its user is "0:1000", which is root'],
    ['root', 'its user is "root", which is root'],
    ['toor', 'its user is "toor", which is root'],
  ])('tells of %j', async (user, message) => {
    expect(await found(user)).toEqual([`warning root-user ${message}`]);
  });

  it.each(['app', '1000', '65532:65532', 'app:root'])('is silent of %j', async (user) => {
    const group = file('etc/group', 'root:x:0:\n');
    expect(await found(user, [...program, passwd, group])).toEqual([]);
  });

  it('is silent of a base that starts nothing', async () => {
    expect(await foundIn([program])).toEqual([]);
  });
});
