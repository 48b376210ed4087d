import { file, symlink } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { requireTools } from '../testing/require-tool.ts';
import { unpackedRoot } from '../testing/unpacked-root.ts';
import { resolveUser } from './resolve-user.ts';

const passwd = file('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nbook:x:1000:1001::/:/bin/false\n');
const group = file('etc/group', 'root:x:0:\nbook:x:1001:\nlogs:x:1002:other,book\n42:x:7:\n');

describe.skipIf(!(await requireTools()))('resolveUser', () => {
  it.each([
    ['', { uid: 0, gid: 0, additionalGids: [] }],
    ['65532', { uid: 65532, gid: 0, additionalGids: [] }],
    ['65532:65532', { uid: 65532, gid: 65532, additionalGids: [] }],
    ['book', { uid: 1000, gid: 1001, additionalGids: [1002] }],
    ['1000', { uid: 1000, gid: 1001, additionalGids: [1002] }],
    ['book:logs', { uid: 1000, gid: 1002, additionalGids: [] }],
    ['65532:book', { uid: 65532, gid: 1001, additionalGids: [] }],
    ['book:42', { uid: 1000, gid: 7, additionalGids: [] }],
  ])('reads "%s"', async (user, expected) => {
    expect(await resolveUser(user, await unpackedRoot(passwd, group))).toEqual(expected);
  });

  it('needs no files for numbers', async () => {
    expect(await resolveUser('65532:65532', await unpackedRoot())).toMatchObject({ uid: 65532, gid: 65532 });
  });

  it('says which name is missing and where', async () => {
    const root = await unpackedRoot(passwd, group);
    await expect(resolveUser('nobody:book', root)).rejects.toThrow('its /etc/passwd has no "nobody"');
    await expect(resolveUser('book:staff', root)).rejects.toThrow('its /etc/group has no "staff"');
  });

  it("never reads the host's files through a link", async () => {
    const root = await unpackedRoot(symlink('etc/passwd', '../../../../../../etc/passwd'));
    await expect(resolveUser('root', root)).rejects.toMatchObject({ code: 'CATA_USER_UNKNOWN' });
  });
});
