import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { elfMachine } from './elf-machine.ts';
import { arm64Program } from './testing/arm64-program.ts';
import { ownPlatform } from './testing/test-image.ts';

describe('elfMachine', () => {
  it("reads this machine's architecture from Node's own executable", () => {
    expect(elfMachine(readFileSync(process.execPath).subarray(0, 20))).toBe(ownPlatform().architecture);
  });

  it('reads arm64 on any machine', () => {
    expect(elfMachine(arm64Program('hi', 'exit'))).toBe('arm64');
  });

  it.each([
    ['a script', Buffer.from('#!/usr/bin/env node\nconsole.log(1)\n')],
    ['an empty file', Buffer.alloc(0)],
    ['a 32-bit executable', Buffer.from(arm64Program('hi', 'exit')).fill(1, 4, 5)],
    ['a machine that is not supported', Buffer.from(arm64Program('hi', 'exit')).fill(243, 18, 19)],
  ])('does not take %s for one', (_, bytes) => {
    expect(elfMachine(bytes)).toBeUndefined();
  });
});
