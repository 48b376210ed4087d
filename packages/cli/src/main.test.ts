import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, '..', 'bin', 'catamaran.js');

function run(args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { stdout, stderr, status };
}

const commands = [
  ...['build', 'push', 'compare', 'report'],
  ...['check', 'inspect', 'digest', 'copy', 'pull', 'tags', 'delete', 'cache'],
] as const;

describe('catamaran', () => {
  it('--help names every command and the exit codes, on stdout', () => {
    const { stdout, status } = run([program, '--help']);
    for (const word of [...commands, 'Exit codes']) expect(stdout).toContain(word);
    expect(status).toBe(0);
  });

  it.each(commands)('%s --help says how it is called', (name) => {
    const { stdout, status } = run([program, name, '--help']);
    expect(stdout).toContain(`Usage: catamaran ${name}`);
    expect(status).toBe(0);
  });

  it.each(['push', 'check', 'inspect', 'digest', 'copy', 'pull', 'tags', 'delete'])(
    '%s --help has an example that is one of it, and tells how registries are reached',
    (name) => {
      const { stdout } = run([program, name, '--help']);
      expect(stdout).toMatch(new RegExp(`Examples:\n {2}catamaran ${name} `));
      for (const flag of ['--plain-http', '--ca', '--json', '--quiet']) expect(stdout).toContain(flag);
    },
  );

  it('--help loads nothing of what the commands need', () => {
    const tell =
      'data:text/javascript,import{registerHooks}from"node:module";registerHooks({load(u,c,n){console.error(u);return n(u,c)}})';
    const { stderr, status } = run(['--import', tell, program, '--help']);
    expect(status).toBe(0);
    expect(stderr).toContain('commander');
    expect(stderr).not.toMatch(/zod|esbuild|echarts|undici|pacote|packages\/(?:build|oci|run|load|report)\//);
  });

  it('--version is the package’s', () => {
    expect(run([program, '--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('says to an old Node.js which one it needs, and ends with 2', () => {
    const pretend = 'Object.defineProperty(process.versions, "node", { value: "20.20.2" })';
    const { stderr, stdout, status } = run(['--import', `data:text/javascript,${pretend}`, program, 'build']);
    expect(stderr).toContain(
      'catamaran needs 24.15 or newer of Node.js 24, or 26 and newer; this is 20.20.2.',
    );
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
