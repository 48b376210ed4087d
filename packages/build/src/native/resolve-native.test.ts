import { createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { nativeRequest, nativeServices } from '../../testing/native-request.ts';
import { resolveNative } from './resolve-native.ts';

const resolve = (parts: Parameters<typeof nativeRequest>[0]) =>
  resolveNative(nativeRequest(parts), nativeServices(), createContext());
const script = { manifest: { scripts: { install: 'make everything' } } };

describe('resolveNative', () => {
  it('refuses an install script of which it knows nothing, and quotes it', async () => {
    await expect(resolve(script)).rejects.toMatchObject({
      code: 'CATA_PACKAGE_INSTALL_SCRIPT',
      message: expect.stringContaining('addon@1.0.0 has an install script'),
      details: { script: 'make everything' },
    });
  });

  it('refuses what the lockfile says has one, whatever its package.json says', async () => {
    await expect(resolve({ hasInstallScript: true })).rejects.toMatchObject({
      code: 'CATA_PACKAGE_INSTALL_SCRIPT',
    });
  });

  it('leaves a package as it is that works without its script', async () => {
    expect(await resolve({ ...script, setting: 'skip' })).toEqual({ leftOut: [], added: [] });
  });
});
