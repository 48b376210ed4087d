import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlatform, hostPlatform, parsePlatform, platforms, samePlatform } from './platform.ts';

const arm64 = { os: 'linux', architecture: 'arm64' } as const;

describe('parsePlatform', () => {
  it.each([
    ['linux/amd64', { os: 'linux', architecture: 'amd64' }],
    ['linux/arm64', arm64],
    ['linux/arm64/v8', arm64],
  ])('reads %s', (text, platform) => {
    expect(parsePlatform(text)).toEqual(platform);
  });

  it.each([
    '',
    'arm64',
    'linux/',
    'linux/arm64/',
    'linux/arm64/v7',
    'linux/arm64/v8/v8',
    'linux/amd64/v8',
    'linux/amd64/v2',
    'linux/x64',
    'LINUX/AMD64',
    ' linux/amd64',
    'linux/amd64\n',
    'windows/amd64',
    'linux/riscv64',
  ])('refuses "%s", quotes it and says what there is', (text) => {
    expect(() => parsePlatform(text)).toThrow(
      expect.objectContaining({
        code: 'CATA_PLATFORM_INVALID',
        message: `Unknown platform "${text}".`,
        hint: expect.stringContaining('linux/amd64, linux/arm64'),
      }),
    );
  });

  it('reads nothing that it would write in another way, but for /v8', () => {
    const part = fc.constantFrom('linux', 'amd64', 'arm64', 'v8', 'v7', '', 'x64');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const text = parts.join('/');
        const isKnown = ['linux/amd64', 'linux/arm64', 'linux/arm64/v8'].includes(text);
        if (!isKnown) expect(() => parsePlatform(text)).toThrow('Unknown platform');
        else expect(text.startsWith(formatPlatform(parsePlatform(text)))).toBe(true);
      }),
    );
  });
});

describe('samePlatform', () => {
  it('takes arm64 and arm64/v8 for the same, and no other two', () => {
    expect(samePlatform(arm64, { ...arm64, variant: 'v8' })).toBe(true);
    expect(samePlatform({ ...arm64, variant: 'v8' }, arm64)).toBe(true);
    expect(samePlatform(arm64, { ...arm64, variant: 'v9' })).toBe(false);
    const [amd64] = platforms;
    expect(amd64 && samePlatform(amd64, arm64)).toBe(false);
    expect(amd64 && samePlatform(amd64, { ...amd64, variant: 'v8' })).toBe(false);
  });
});

describe('hostPlatform', () => {
  it.each([
    ['linux', 'x64', 'linux/amd64'],
    ['linux', 'arm64', 'linux/arm64'],
  ])('is, for Node on %s %s, %s', (os, arch, text) => {
    expect(hostPlatform(os, arch)).toEqual(parsePlatform(text));
  });

  it.each([
    ['darwin', 'arm64'],
    ['linux', 'riscv64'],
  ])('is unknown for %s %s', (os, arch) => {
    expect(hostPlatform(os, arch)).toBeUndefined();
  });
});
