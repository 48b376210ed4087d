import { describe, expect, it } from 'vitest';
import { nativeRequest } from '../../testing/native-request.ts';
import type { NativeRequest } from './native-request.ts';
import { platformPackage } from './platform-package.ts';

const resolve = (...platformPackages: NativeRequest['platformPackages']) =>
  platformPackage(nativeRequest({ platformPackages }));

describe('a package that has one of its own for each platform', () => {
  it('is as packed when that for the target is there', async () => {
    const packages = [
      { name: 'a-linux-x64', os: ['linux'], isPresent: false },
      { name: 'a-linux-arm64', os: ['linux'], isPresent: true },
    ];
    expect(await resolve(...packages)).toEqual({ leftOut: [], added: [] });
  });

  it('is refused when it is not, with what there is', async () => {
    const packages = [
      { name: 'a-linux-x64', os: ['linux'], isPresent: false },
      { name: 'a-darwin-arm64', os: ['darwin'], isPresent: false },
    ];
    await expect(resolve(...packages)).rejects.toMatchObject({
      code: 'CATA_NATIVE_PACKAGE_ABSENT',
      message: 'addon needs a package of its own for linux/arm64; the lockfile has only: a-linux-x64.',
    });
  });

  it('is refused, too, when the lockfile has none of them', async () => {
    await expect(resolve({ name: '@a/a-linux-arm64', os: [], isPresent: false })).rejects.toMatchObject({
      code: 'CATA_NATIVE_PACKAGE_ABSENT',
      message: expect.stringContaining('has only: none of them'),
    });
  });

  it('is none when its optional packages are for something else', async () => {
    expect(await resolve()).toBeUndefined();
    expect(await resolve({ name: 'fsevents', os: ['darwin'], isPresent: false })).toBeUndefined();
    expect(await resolve({ name: 'nan', os: [], isPresent: false })).toBeUndefined();
  });
});
