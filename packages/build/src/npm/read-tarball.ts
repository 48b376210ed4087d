import { type ReadEntry, readTar, streamOf } from '@catamaran/oci';
import { gunzipBytes } from '../gunzip-bytes.ts';

/** What is in a package's tarball: a tar archive in gzip, all of it below one folder, most often "package". */
export async function* readTarball(tarball: Uint8Array): AsyncIterable<ReadEntry> {
  yield* readTar(streamOf(await gunzipBytes(tarball)));
}
