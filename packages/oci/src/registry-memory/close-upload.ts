import { partBytes, receiveExactly } from './append-part.ts';
import type { Answer, Call } from './call.ts';
import { checkDigest } from './names.ts';
import { storeBlob } from './store-blob.ts';
import { uploadOf } from './upload-session.ts';

/** PUT: the last part, if any, and the digest of the whole. */
export async function closeUpload(call: Call): Promise<Answer> {
  const { registry, url } = call;
  const upload = uploadOf(call);
  const digest = checkDigest(url.searchParams.get('digest'));
  await receiveExactly(call, upload, partBytes(call, upload));
  registry.uploads.delete(upload.id);
  return storeBlob(registry, upload, digest);
}
