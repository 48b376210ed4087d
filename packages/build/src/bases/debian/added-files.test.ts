import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { writeFiles } from '../../../testing/write-files.ts';
import { noInputs, RecordedInputs } from '../../inputs/input-log.ts';
import { readAddedFiles } from './added-files.ts';

const read = (from: string, to: string, mode?: number) => readAddedFiles([{ from, to, mode }], noInputs);
const shown = (files: Awaited<ReturnType<typeof read>>) =>
  files.map((one) => [
    one.path,
    one.mode.toString(8),
    one.type === 'file' ? `${Buffer.from(one.content)}` : one.target,
  ]);

describe('files of a project in a base', () => {
  it('are those of a folder, sorted, programs and scripts among them', async () => {
    const folder = writeFiles(temporaryFolder(), {
      'z/data': 'data',
      'a.sh': '#!/bin/sh\n',
      'b/program': Buffer.from('\x7fELF…', 'latin1'),
      'b/other': '#comment',
      empty: '',
    });
    symlinkSync('../a.sh', join(folder, 'b', 'link'));
    expect(shown(await read(folder, '/opt/app'))).toEqual([
      ['opt/app/a.sh', '755', '#!/bin/sh\n'],
      ['opt/app/b/link', '777', '../a.sh'],
      ['opt/app/b/other', '644', '#comment'],
      ['opt/app/b/program', '755', expect.stringContaining('ELF')],
      ['opt/app/empty', '644', ''],
      ['opt/app/z/data', '644', 'data'],
    ]);
    expect(shown(await read(folder, '/', 0o400)).slice(0, 2)).toEqual([
      ['a.sh', '400', '#!/bin/sh\n'],
      ['b/link', '777', '../a.sh'],
    ]);
  });

  it('are the same from a file system that knows nothing of modes, and at another time', async () => {
    const [one, other] = ['one', 'other'].map((name) =>
      join(writeFiles(temporaryFolder(), { [name]: 'x' }), name),
    );
    chmodSync(other ?? '', 0o777);
    utimesSync(other ?? '', 1, 1);
    expect(await read(one ?? '', '/etc/x')).toEqual(await read(other ?? '', '/etc/x'));
  });

  it('may be one, and through a link', async () => {
    const folder = writeFiles(temporaryFolder(), { real: 'real' });
    symlinkSync('real', join(folder, 'link'));
    expect(shown(await read(join(folder, 'link'), '/etc/x', 0o4755))).toEqual([['etc/x', '4755', 'real']]);
  });

  it('are all told as inputs, also when they are not there', async () => {
    const folder = writeFiles(temporaryFolder(), { 'conf/a': '', 'conf/b/c': '' });
    const inputs = new RecordedInputs();
    await readAddedFiles([{ from: join(folder, 'conf'), to: '/etc', mode: undefined }], inputs);
    await expect(
      readAddedFiles([{ from: join(folder, 'missing'), to: '/x', mode: undefined }], inputs),
    ).rejects.toThrow();
    const { files, folders } = inputs.inputs;
    expect(files).toEqual(['conf', 'conf/a', 'conf/b/c', 'missing'].map((path) => join(folder, path)));
    expect(folders).toEqual(['conf', 'conf/b'].map((path) => join(folder, path)));
  });

  it.each([
    ['is not there', 'nowhere', '/etc/x', /no such file/],
    ['is to be the root itself', 'file', '/', /cannot be "\/"/],
    ['is a pipe', 'pipe', '/etc/x', /neither a file nor a folder/],
    ['has a pipe in it', '.', '/etc', /neither a file nor a folder/],
  ])('are refused where one %s', async (_, from, to, reason) => {
    const folder = writeFiles(temporaryFolder(), { file: 'x' });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(read(join(folder, from), to)).rejects.toMatchObject({
      code: 'CATA_BASE_FILE',
      fault: 'user',
      message: expect.stringMatching(reason),
    });
  });
});
