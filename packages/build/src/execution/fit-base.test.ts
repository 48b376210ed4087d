import { directory, file, symlink, type TarEntry } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { amd64, imageOf } from '../../testing/base-images.ts';
import { listLayer, recordingContext } from '../../testing/layer-tools.ts';
import { nodeProject } from '../../testing/node-project.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openCache } from '../cache/cache.ts';
import type { Project } from '../project/project.ts';
import { fitBase } from './fit-base.ts';

const accounts: readonly TarEntry[] = [
  file('etc/passwd', 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/:\n'),
  file('etc/group', 'root:x:0:\nstaff:x:50:\n'),
];

/** The paths of the layers that a base needs besides. */
async function fit(options: Partial<Pick<Project, 'user' | 'workdir'>>, ...layers: readonly TarEntry[][]) {
  const base = await imageOf(amd64, [accounts, ...layers]);
  const cache = openCache(temporaryFolder());
  const project = { ...nodeProject('/shop'), ...options };
  const added = await fitBase(project, base, { WorkingDir: '/app' }, cache, recordingContext().ctx);
  const entries = (await Promise.all(added.map(listLayer))).flat();
  return entries.map(({ path, type, mode }) => `${type} ${path} ${mode.toString(8)}`);
}

describe('the user of an image', () => {
  it.each(['node', 'root:staff', '1000', '70000:50', '70000:70000', 'node:70000', '0:staff'])(
    'may be %s',
    async (user) => {
      expect(await fit({ user })).toEqual([]);
    },
  );

  it('has to be one that the base has', async () => {
    await expect(fit({ user: 'nobody' })).rejects.toMatchObject({
      code: 'CATA_IMAGE_USER_UNKNOWN',
      message: 'user is "nobody", and the base has no "nobody" in its /etc/passwd; it has: root, node.',
    });
    await expect(fit({ user: 'node:node' })).rejects.toThrow(
      'no "node" in its /etc/group; it has: root, staff.',
    );
  });

  it('is looked for in the last layer that says who there is', async () => {
    const users = file('usr/lib/passwd', 'other:x:1:1::/:\n');
    const later = [users, symlink('etc/passwd', '../usr/lib/passwd')];
    expect(await fit({ user: 'other' }, later)).toEqual([]);
    await expect(fit({ user: 'node' }, later)).rejects.toThrow('it has: other.');
    await expect(fit({ user: 'node' }, [file('etc/.wh.passwd', '')])).rejects.toThrow('it has: nobody.');
  });
});

describe('the working folder of an image', () => {
  it('is left as the base has it', async () => {
    expect(await fit({ workdir: '/tmp' }, [directory('tmp', 0o1777)])).toEqual([]);
    expect(await fit({ workdir: '/' })).toEqual([]);
    expect(await fit({ workdir: '/app' })).toEqual([]);
  });

  it('is made where it is not there, and nothing is made anew', async () => {
    const base = [directory('srv'), symlink('var', 'srv/variable'), directory('srv/variable', 0o700)];
    expect(await fit({ workdir: '/var/lib/shop' }, base)).toEqual([
      'directory srv/variable/lib 755',
      'directory srv/variable/lib/shop 755',
    ]);
  });

  it('cannot be in a file', async () => {
    await expect(fit({ workdir: '/etc/passwd/x' })).rejects.toMatchObject({
      code: 'CATA_WORKDIR_NO_FOLDER',
      message: 'workdir is "/etc/passwd/x", and the base has "/etc/passwd", which is no folder.',
    });
  });
});
