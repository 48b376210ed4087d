import { directory, type ExecutionConfig, file, symlink, type TarEntry } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { elfBytes } from '../../testing/elf-bytes.ts';
import { foundIn } from '../../testing/found-in.ts';

const program = elfBytes({});
const sh = file('bin/sh', program, 0o755);
const env = file('usr/bin/env', program, 0o755);
const node = file('usr/local/bin/node', program, 0o755);
const script = (text: string, mode = 0o755) => file('srv/run', `${text}\necho hello\n`, mode);

function found(entries: readonly TarEntry[], execution: ExecutionConfig): Promise<string[]> {
  return foundIn([entries], { execution: { User: '65532:65532', ...execution } });
}
const start = (...Entrypoint: string[]) => ({ Entrypoint });

describe('what can be started', () => {
  it.each<[string, readonly TarEntry[], ExecutionConfig]>([
    ['a program by its path', [sh], start('/bin/sh', '-c', 'exec true')],
    ['a program on PATH', [node], start('node', 'main.js')],
    [
      'a program on a PATH of its own',
      [file('opt/x', program, 0o755)],
      { ...start('x'), Env: ['PATH=/opt'] },
    ],
    ['a Cmd alone', [node], { Cmd: ['node'] }],
    ['a program behind links', [node, symlink('bin', 'usr/local/bin')], start('/bin/node')],
    [
      'a path from the working directory',
      [script('#!/bin/sh'), sh],
      { ...start('./run'), WorkingDir: '/srv' },
    ],
    ['a script', [script('#! /bin/sh -e'), sh], start('/srv/run')],
    ['a script by env', [script('#!/usr/bin/env node'), env, node], start('/srv/run')],
    [
      'a script by env, with options',
      [script('#!/usr/bin/env -S A=1 node --x'), env, node],
      start('/srv/run'),
    ],
    [
      'a script for a script',
      [script('#!/bin/other'), file('bin/other', '#!/bin/sh', 0o755), sh],
      start('/srv/run'),
    ],
    ['what only its group may execute', [{ ...sh, mode: 0o710, gid: 65532 }], start('/bin/sh')],
    ['the second on PATH, where the first may not be', [file('bin/node', '', 0o644), node], start('node')],
    ['nothing, where nothing is started', [], {}],
  ])('is %s', async (_, entries, execution) => {
    expect(await found(entries, execution)).toEqual([]);
  });
});

describe('what cannot be started', () => {
  it.each<[string, readonly TarEntry[], ExecutionConfig, string]>([
    ['is missing', [], start('/srv/run'), '/srv/run is not in the image'],
    [
      'leads nowhere',
      [symlink('srv/run', '/gone')],
      start('/srv/run'),
      '/srv/run is a link that leads nowhere',
    ],
    [
      'is on no PATH',
      [sh],
      start('node'),
      'its command "node" is in no folder of PATH (/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)',
    ],
    ['is a folder', [directory('srv/run')], start('/srv/run'), '/srv/run is a folder'],
    [
      'is not executable',
      [script('#!/bin/sh', 0o644), sh],
      start('/srv/run'),
      '/srv/run may not be executed by user 65532 (mode 0644)',
    ],
    [
      'is executable for others',
      [{ ...sh, mode: 0o744 }],
      start('/bin/sh'),
      '/bin/sh may not be executed by user 65532 (mode 0744)',
    ],
    [
      'is in a folder of root’s',
      [directory('root', 0o700), file('root/x', program, 0o755)],
      start('/root/x'),
      '/root/x is in /root, which user 65532 may not enter',
    ],
    [
      'is a script without its interpreter',
      [script('#!/bin/bash')],
      start('/srv/run'),
      '/srv/run is a script for "/bin/bash", but /bin/bash is not in the image',
    ],
    [
      'is a script whose env is missing',
      [script('#!/usr/bin/env node'), node],
      start('/srv/run'),
      '/srv/run is a script for "/usr/bin/env node", but /usr/bin/env is not in the image',
    ],
    [
      'is a script whose node is missing',
      [script('#!/usr/bin/env node'), env],
      start('/srv/run'),
      '/srv/run is a script for "/usr/bin/env node", but node is in no folder of PATH (/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)',
    ],
    [
      'is a script from Windows',
      [script('#!/bin/sh\r'), sh],
      start('/srv/run'),
      '/srv/run is a script for "/bin/sh" with Windows’ line endings, and so for a program whose name ends in one',
    ],
    [
      'is a script for itself',
      [script('#!/srv/run')],
      start('/srv/run'),
      expect.stringContaining('is a script for a script, without an end'),
    ],
    [
      'is text',
      [script('echo hello')],
      start('/srv/run'),
      '/srv/run is neither a program nor a script whose first line names one ("#!…")',
    ],
    ['is empty', [file('srv/run', '', 0o755)], start('/srv/run'), '/srv/run is empty'],
    [
      'has no name',
      [sh],
      start(''),
      'what it starts has no name: the first word of Entrypoint or Cmd is empty',
    ],
    [
      'needs a shell',
      [node],
      { Cmd: ['/bin/sh', '-c', 'node main.js'] },
      '/bin/sh is not in the image (an Entrypoint or Cmd that is no list needs a shell)',
    ],
    [
      'runs as nobody known',
      [sh],
      { ...start('/bin/sh'), User: 'app' },
      'its user "app" is not in its /etc/passwd and /etc/group',
    ],
  ])('%s', async (_, entries, execution, says) => {
    const lines = await found(entries, execution);
    expect(lines).toEqual([typeof says === 'string' ? `error entrypoint ${says}` : says]);
  });

  it('is a program for macOS', async () => {
    const machO = Buffer.concat([Buffer.from('cffaedfe0c000001', 'hex'), Buffer.alloc(600)]);
    expect(await found([file('srv/run', machO, 0o755)], start('/srv/run'))).toEqual([
      'error entrypoint /srv/run is a program for another operating system',
      'error foreign-binary /srv/run is a macOS binary for arm64, the image is for linux',
    ]);
  });
});
