import { collectBytes, streamOf } from '@catamaran/oci';
import { headBytes, type PackageFile, type UnpackedPackage } from './package-file.ts';
import { tarballFiles } from './tarball-files.ts';

/** A package that is small, with all of its content in memory. */
export async function unpackInMemory(tar: Uint8Array): Promise<UnpackedPackage> {
  const files = new Map<string, PackageFile>();
  for await (const { path, mode, entry } of tarballFiles(streamOf(tar))) {
    const bytes = await collectBytes(entry.content());
    files.set(path, {
      path,
      mode,
      sizeBytes: bytes.byteLength,
      head: bytes.subarray(0, headBytes),
      content: () => streamOf(bytes),
    });
  }
  return { files: [...files.values()], isSpooled: false, [Symbol.asyncDispose]: async () => {} };
}
