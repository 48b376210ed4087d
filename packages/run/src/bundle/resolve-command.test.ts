import { file, symlink } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { requireTools } from '../testing/require-tool.ts';
import { unpackedRoot } from '../testing/unpacked-root.ts';
import { resolveCommand } from './resolve-command.ts';

const place = { path: '/usr/local/bin:/usr/bin', cwd: '/srv' };
const entries = [
  file('opt/node/node', 'ELF', 0o755),
  symlink('usr/bin/node', '/opt/node/node'),
  file('usr/local/bin/node', 'not executable', 0o644),
  file('srv/start', '#!/usr/bin/env node\n', 0o755),
  file('srv/strict', '#! /usr/bin/node --use-strict \n', 0o755),
  file('srv/loop', '#!/srv/loop\n', 0o755),
];

describe.skipIf(!(await requireTools()))('resolveCommand', () => {
  it.each([
    [['node', 'app.js'], { executable: 'opt/node/node', args: ['node', 'app.js'] }],
    [['/usr/bin/node'], { executable: 'opt/node/node', args: ['/usr/bin/node'] }],
    [['../opt/node/node'], { executable: 'opt/node/node', args: ['../opt/node/node'] }],
    [['./start', '-v'], { executable: 'opt/node/node', args: ['node', '/srv/start', '-v'] }],
    [['./strict'], { executable: 'opt/node/node', args: ['/usr/bin/node', '--use-strict', '/srv/strict'] }],
  ])('follows PATH, links and scripts of %j', async (args, expected) => {
    expect(await resolveCommand(args, place, await unpackedRoot(...entries))).toEqual(expected);
  });

  it('gives up on scripts that interpret each other', async () => {
    const { executable } = await resolveCommand(['./loop'], place, await unpackedRoot(...entries));
    expect(executable).toBe('srv/loop');
  });

  it('says what was looked for, and where', async () => {
    const root = await unpackedRoot(...entries);
    await expect(resolveCommand(['python'], place, root)).rejects.toMatchObject({
      code: 'CATA_ENTRYPOINT_MISSING',
      message: expect.stringContaining('"python"'),
    });
  });
});
