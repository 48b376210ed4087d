import { expect, it } from 'vitest';
import { pushed } from '../../testing/pushed.ts';
import { answer, scriptedServer } from '../../testing/scripted-server.ts';
import { twoPlatformIndex } from '../../testing/two-platform-index.ts';

it('blobs are not sent without TLS to another machine because a registry on loopback says so', async () => {
  const registry = await scriptedServer((request, response) => {
    request.resume();
    if (request.method === 'POST')
      return answer(response, 202, '', { location: 'http://192.0.2.1:9000/upload?signature=topsecret' });
    return answer(response, request.method === 'HEAD' ? 404 : 200, '');
  });
  const { error } = await pushed(registry, await twoPlatformIndex(1, { sharedBytes: 100, ownBytes: 10 }));
  expect(error).toMatchObject({
    code: 'CATA_REGISTRY_REDIRECT',
    message: expect.stringContaining('"http://192.0.2.1:9000/upload?…": that is without TLS'),
  });
});
