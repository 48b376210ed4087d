import {
  blobLayer,
  createImage,
  describeRaw,
  digestOf,
  directory,
  endOfTar,
  file,
  gzipMember,
  type Image,
  type ImageIndex,
  type Layer,
  mediaTypes,
  type Platform,
  rawFromValue,
  streamOf,
  writeTarEntries,
} from '@catamaran/oci';

const created = '2026-01-02T03:04:05Z';

/** What every image in the example is started with. */
export const execution = {
  User: '65532:65532',
  ExposedPorts: { '3000/tcp': {} },
  Env: ['PATH=/bin', 'GREETING=hello world'],
  Entrypoint: ['/bin/app', '--flag'],
  Cmd: ['serve', 'now'],
  WorkingDir: '/srv',
  Labels: { 'org.example.team': 'boats', 'org.example.escape': 'a\u001b[2Jb' },
  StopSignal: 'SIGQUIT',
} as const;

/** An index as BuildKit makes them: three platforms with a layer in common, and an attestation of the first one. */
export async function exampleIndex(text = 'shared'): Promise<ImageIndex> {
  const shared = { layer: await layerWith('shared.txt', text), createdBy: 'COPY shared.txt /srv' };
  const images = await Promise.all(
    ['amd64', 'arm64', 's390x'].map((architecture) => exampleImage(architecture, shared)),
  );
  const entries = await Promise.all(
    images.map(async ({ image, platform }) => ({
      ...describeRaw(mediaTypes.manifest, await image.manifest()),
      platform,
    })),
  );
  const attestation = await exampleAttestation();
  const about = {
    'vnd.docker.reference.type': 'attestation-manifest',
    'vnd.docker.reference.digest': entries[0]?.digest ?? '',
  };
  const attested = {
    ...describeRaw(mediaTypes.manifest, await attestation.manifest()),
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: about,
  };
  const manifest = rawFromValue({
    schemaVersion: 2 as const,
    mediaType: mediaTypes.index,
    manifests: [...entries, attested],
    annotations: { 'org.opencontainers.image.title': 'example' },
  });
  const all = [...images.map(({ image }) => image), attestation];
  const at = (index: number): Image => {
    const found = all[index];
    if (!found) throw new Error('there is no such image in the example');
    return found;
  };
  return {
    manifest: async () => manifest,
    image: async ({ architecture }) =>
      at(images.findIndex(({ platform }) => platform.architecture === architecture)),
    child: async ({ digest }) => at(manifest.value.manifests.findIndex((entry) => entry.digest === digest)),
  };
}

async function exampleImage(
  architecture: string,
  shared: { readonly layer: Layer; readonly createdBy: string },
): Promise<{ readonly image: Image; readonly platform: Platform }> {
  // Architectures that Catamaran does not build for are in other people's images.
  const platform = { os: 'linux', architecture } as Platform;
  const own = { layer: await layerWith('own.txt', architecture), createdBy: `RUN make ${architecture}` };
  return { platform, image: await createImage({ platform, parts: [shared, own], execution, created }) };
}

async function exampleAttestation(): Promise<Image> {
  const statement = Buffer.from('{"predicateType":"https://spdx.dev/Document"}');
  const layer = blobLayer({
    descriptor: {
      mediaType: 'application/vnd.in-toto+json',
      digest: digestOf(statement),
      size: statement.byteLength,
      annotations: { 'in-toto.io/predicate-type': 'https://spdx.dev/Document' },
    },
    diffId: digestOf(statement),
    open: () => streamOf(statement),
  });
  const platform = { os: 'unknown', architecture: 'unknown' } as unknown as Platform;
  return createImage({ platform, parts: [{ layer, createdBy: '' }], execution: {}, created });
}

async function layerWith(name: string, text: string): Promise<Layer> {
  const entries = [directory('srv'), file(`srv/${name}`, Buffer.from(text))];
  const tar = Buffer.concat([...writeTarEntries(entries, 0), endOfTar]);
  const bytes = await gzipMember(tar);
  return blobLayer({
    descriptor: { mediaType: mediaTypes.layerGzip, digest: digestOf(bytes), size: bytes.byteLength },
    diffId: digestOf(tar),
    open: () => streamOf(bytes),
  });
}
