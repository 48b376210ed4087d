import { describe, expect, it } from 'vitest';
import { installCommand } from './install-command.ts';

const command = (scripts: Readonly<Record<string, string>>) =>
  installCommand({ name: 'a', version: '1.0.0', manifest: { scripts }, files: [] }, 'tool');

describe('installCommand', () => {
  it.each([
    ['tool', []],
    ['tool -r napi || node-gyp rebuild', ['-r', 'napi']],
    ['npx tool --a "b c" --d=\'e f\'', ['--a', 'b c', '--d=e f']],
    ['cross-env A=1 B=2 tool x', ['x']],
    ['A=1 tool', []],
  ])('finds the arguments in %s', (install, args) => {
    expect(command({ install })).toEqual(args);
  });

  it('follows npm run', () => {
    expect(command({ install: 'npm run get || exit 0', get: 'tool --x' })).toEqual(['--x']);
    expect(command({ postinstall: 'npm run get', get: 'tool --x || more' })).toEqual(['--x']);
    expect(command({ install: 'npm run get' })).toBeUndefined();
  });

  it.each([
    'tool && more',
    'more && tool',
    'tool; more',
    'tool | more',
    'tool > file',
    'tool $(more)',
    'tool `more`',
    'tool "unfinished',
    'tools',
    'other || tool',
    '',
  ])('finds none in %j', (install) => {
    expect(command({ install })).toBeUndefined();
  });

  it('finds none where there is a second script', () => {
    expect(command({ install: 'tool', postinstall: 'more' })).toBeUndefined();
  });
});
