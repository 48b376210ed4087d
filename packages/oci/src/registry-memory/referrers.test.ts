import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { descriptorOf, manifestOf, pushImage, putManifest } from './testing/push.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

const subjectOf = (bytes: Uint8Array) => ({ subject: descriptorOf(bytes, mediaTypes.manifest) });

describe('referrers', () => {
  it('are listed with what they are and say', async () => {
    const registry = await startedRegistry();
    const digest = await pushImage(registry, 'shop', '1');
    const subject = subjectOf(manifestOf('a layer'));
    const annotations = { 'org.example': 'yes' };
    const signature = await pushImage(registry, 'shop', 's', {
      ...subject,
      artifactType: 'a/sig',
      annotations,
    });
    const plain = await pushImage(registry, 'shop', 'p', subject);
    const body = Buffer.from(
      JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [], ...subject }),
    );
    await putManifest(registry, 'shop', 'i', body, mediaTypes.index);
    const reply = await send(registry, 'GET', `/v2/shop/referrers/${digest}`);
    expect([reply.status, reply.header('content-type')]).toEqual([200, mediaTypes.index]);
    expect(reply.header('oci-filters-applied')).toBe('');
    expect(JSON.parse(reply.text)).toEqual({
      schemaVersion: 2,
      mediaType: mediaTypes.index,
      manifests: [
        {
          mediaType: mediaTypes.manifest,
          size: registry.manifest('shop', signature)?.bytes.byteLength,
          digest: signature,
          artifactType: 'a/sig',
          annotations,
        },
        {
          mediaType: mediaTypes.manifest,
          size: registry.manifest('shop', plain)?.bytes.byteLength,
          digest: plain,
          artifactType: mediaTypes.config,
        },
        descriptorOf(body, mediaTypes.index),
      ],
    });
  });

  it('are filtered by type', async () => {
    const registry = await startedRegistry();
    const subject = subjectOf(manifestOf('a layer'));
    await pushImage(registry, 'shop', 's', { ...subject, artifactType: 'a/sig' });
    const bom = await pushImage(registry, 'shop', 'b', { ...subject, artifactType: 'a/sbom+json' });
    const path = `/v2/shop/referrers/${subject.subject.digest}?artifactType=${encodeURIComponent('a/sbom+json')}`;
    const reply = await send(registry, 'GET', path);
    expect(reply.header('oci-filters-applied')).toBe('artifactType');
    expect(JSON.parse(reply.text).manifests).toMatchObject([{ digest: bom }]);
  });

  it('may come before their subject, which the answer names', async () => {
    const registry = await startedRegistry();
    await pushImage(registry, 'shop', '1');
    const subject = subjectOf(Buffer.from('to come'));
    const reply = await putManifest(registry, 'shop', 's', manifestOf('a layer', subject));
    expect([reply.status, reply.header('oci-subject')]).toEqual([201, digestOf('to come')]);
  });

  it('are none where nothing is known', async () => {
    const registry = await startedRegistry();
    const reply = await send(registry, 'GET', `/v2/shop/referrers/${digestOf('x')}`);
    expect([reply.status, JSON.parse(reply.text).manifests]).toEqual([200, []]);
    expect((await send(registry, 'GET', '/v2/shop/referrers/latest')).status).toBe(400);
  });

  it('are unknown to older registries', async () => {
    const registry = await startedRegistry({ quirks: { noReferrers: true } });
    await pushImage(registry, 'shop', '1');
    const subject = subjectOf(manifestOf('a layer'));
    const put = await putManifest(registry, 'shop', 's', manifestOf('a layer', subject));
    expect([put.status, put.header('oci-subject')]).toEqual([201, '']);
    const path = `/v2/shop/referrers/${subject.subject.digest}`;
    expect((await send(registry, 'GET', path)).status).toBe(404);
  });
});
