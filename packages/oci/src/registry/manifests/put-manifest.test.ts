import { describe, expect, it } from 'vitest';
import { digestOf } from '../../model/digest.ts';
import { imageParts } from '../../testing/planted-image.ts';
import { pushed } from '../../testing/pushed.ts';
import { answer, scriptedServer } from '../../testing/scripted-server.ts';
import { plainImage } from './testing/plain-image.ts';

const digest = digestOf(imageParts().manifest);

/** A registry that has all blobs and no manifest, and answers so to one that is put. */
function answering(status: number, headers: Readonly<Record<string, string>>) {
  return scriptedServer(({ method, url = '' }, response) => {
    if (url === '/v2/' || url.includes('/blobs/')) return answer(response, 200, '');
    return answer(response, method === 'PUT' ? status : 404, '', headers);
  });
}

describe.each([200, 201, 202, 204])('a manifest whose PUT is answered with %d', (status) => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['its digest', { 'docker-content-digest': digest }],
    ['no digest', {}],
  ])('and %s is pushed', async (_, headers) => {
    const { error, events } = await pushed(await answering(status, headers), plainImage());
    expect(error).toBeUndefined();
    expect(events).toContainEqual(expect.objectContaining({ type: 'manifest.pushed', digest, tag: '1' }));
  });

  it('and another digest is not', async () => {
    const other = digestOf('something else');
    const { error } = await pushed(await answering(status, { 'docker-content-digest': other }), plainImage());
    expect(error).toMatchObject({ code: 'CATA_DIGEST_MISMATCH', message: expect.stringContaining(other) });
  });
});
