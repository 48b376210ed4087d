import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { closedUrl } from './start-server.ts';
import { writeFiles } from './write-files.ts';

/** A repository on disk with one commit of these files. Returns the commit's hash. */
export function commitFiles(folder: string, files: Readonly<Record<string, unknown>>): string {
  writeFiles(folder, files);
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@host.test', ...words], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: dirname(folder), GIT_CONFIG_NOSYSTEM: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'files');
  return git('rev-parse', 'HEAD').toString().trim();
}

/** Git's own server, for all repositories in a folder; ended when it goes out of scope. */
export async function startGitServer(folder: string) {
  const port = new URL(await closedUrl()).port;
  const words = [
    '--export-all',
    '--reuseaddr',
    '--listen=127.0.0.1',
    `--port=${port}`,
    `--base-path=${folder}`,
    folder,
  ];
  // Not by way of git, which would be another process to end.
  const program = join(execFileSync('git', ['--exec-path']).toString().trim(), 'git-daemon');
  const server = spawn(program, words, { stdio: 'ignore' });
  const isUp = async () => {
    const socket = connect(Number(port), '127.0.0.1');
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    return connected;
  };
  for (let turn = 0; turn < 200 && !(await isUp()); turn++)
    await new Promise((resolve) => setTimeout(resolve, 25));
  return {
    url: `git://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}
