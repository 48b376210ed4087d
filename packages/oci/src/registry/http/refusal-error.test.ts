import { expect, it } from 'vitest';
import { digestOf } from '../../model/digest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { imageParts } from '../../testing/planted-image.ts';
import { pulled } from '../../testing/pulled.ts';
import { answer, scriptedServer } from '../../testing/scripted-server.ts';

it.each([false, true])(
  'a blob that is missing is named, with its repository; in a bucket: %s',
  async (isElsewhere) => {
    const parts = imageParts();
    const bucket = await scriptedServer((_, response) => answer(response, 404, 'no such key'));
    const registry = await scriptedServer((request, response) => {
      if (request.url?.includes('/manifests/'))
        return answer(response, 200, Buffer.from(parts.manifest), { 'content-type': mediaTypes.manifest });
      if (isElsewhere)
        return answer(response, 307, '', { location: `${bucket.origin}/key?signature=topsecret` });
      return answer(response, 404, { errors: [{ code: 'BLOB_UNKNOWN', message: 'blob unknown' }] });
    });
    const { error } = await pulled(`${registry.address}/team/shop:1`);
    expect(error).toMatchObject({ code: 'CATA_BLOB_NOT_FOUND', fault: 'remote' });
    expect(error?.message).toMatch(/has no blob sha256:[0-9a-f]{64} in "team\/shop": 404/);
    expect([parts.layer, parts.config].map((bytes) => digestOf(bytes) as string)).toContain(
      error?.details.digest,
    );
  },
);
