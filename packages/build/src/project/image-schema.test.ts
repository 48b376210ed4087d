import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeIssues } from './describe-issues.ts';
import { imageOptions } from './image-schema.ts';

const schema = z.strictObject(imageOptions);
const problem = (options: object) => {
  const { error } = schema.safeParse(options);
  return error && describeIssues(error.issues);
};

describe('the options of an image', () => {
  it.each([
    { user: 'node' },
    { user: '1000:1000' },
    { user: 'node:staff' },
    { user: 0 },
    { port: false },
    { port: [80, 443] },
    { workdir: '/' },
    { cmd: [] },
    { stopSignal: '15' },
    { stopSignal: 'term' },
    { stopSignal: 'SIGRTMIN+3' },
    { stopSignal: 'SIGRTMAX-30' },
  ])('may be %j', (options) => {
    expect(problem(options)).toBeUndefined();
  });

  it.each([
    [{ user: '' }, 'user'],
    [{ user: 'a:b:c' }, 'must be a user'],
    [{ user: 'two words' }, 'must be a user'],
    [{ user: -1 }, 'user'],
    [{ port: 0 }, 'port'],
    [{ port: [] }, 'port'],
    [{ port: true }, 'port'],
    [{ workdir: 'src' }, 'must be an absolute path'],
    [{ entrypoint: [] }, 'entrypoint'],
    [{ entrypoint: 'node main.js' }, 'entrypoint'],
    [{ entrypoint: ['a\0b'] }, 'has a NUL in it'],
    [{ stopSignal: 'SIGSTOPP' }, 'must be a signal of Linux'],
    [{ stopSignal: '65' }, 'must be a signal of Linux'],
    [{ stopSignal: 'SIGRTMIN+31' }, 'must be a signal of Linux'],
    [{ env: { 'A-B': '1' } }, 'is not the name of a variable'],
    [{ env: { A: 'a\0b' } }, 'has a NUL in it'],
  ])('may not be %j', (options, reason) => {
    expect(problem(options)).toContain(reason);
  });
});
