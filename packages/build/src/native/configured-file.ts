import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Context, formatPlatform, messageOf } from '@catamaran/oci';
import { buildErrors } from '../errors.ts';
import type { NativeSetting } from '../project/native-schema.ts';
import { fetchBinary } from './binary-source.ts';
import type { NativeRequest, NativeServices } from './native-request.ts';
import type { AddedFile } from './native-resolution.ts';
import { requireFitting } from './unpack-binaries.ts';

export type FileSetting = Extract<NativeSetting, { readonly file: unknown }>;

/**
 * The file that the project itself has for the target, checked to be for it.
 * @throws CATA_NATIVE_FILE_MISSING, CATA_NATIVE_FILE_UNREADABLE, CATA_NATIVE_BINARY_UNAVAILABLE, CATA_NATIVE_BINARY_WRONG
 */
export async function configuredFile(
  setting: FileSetting,
  request: NativeRequest,
  services: NativeServices,
  ctx: Context,
): Promise<AddedFile> {
  const { name } = request.inventory;
  const platform = formatPlatform(request.target.platform);
  const file = setting.file[platform as keyof typeof setting.file];
  if (file === undefined) throw buildErrors.CATA_NATIVE_FILE_MISSING({ name, platform });
  const [address = '', hash] = file.split('#sha256=');
  const isRemote = /^https?:\/\//.test(address);
  const content = isRemote
    ? await fetchBinary(
        {
          url: address,
          mirror: `another address in app.native["${name}"]`,
          ...(hash ? { sha256: hash } : {}),
        },
        request,
        services,
        ctx,
      )
    : await readOwn(file, name, platform, services, ctx);
  const own = basename(isRemote ? new URL(address).pathname : file);
  const added = { path: setting.to ?? `build/Release/${own}`, mode: 0o755, content };
  requireFitting([added], file, request);
  return added;
}

async function readOwn(
  file: string,
  name: string,
  platform: string,
  { folder, inputs }: NativeServices,
  ctx: Context,
): Promise<Uint8Array> {
  const path = resolve(folder, file);
  inputs.file(path);
  try {
    return await readFile(path, { signal: ctx.signal });
  } catch (cause) {
    ctx.signal.throwIfAborted();
    throw buildErrors.CATA_NATIVE_FILE_UNREADABLE(
      { file, name, platform, reason: messageOf(cause) },
      { cause },
    );
  }
}
