import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext, createImage, layoutStore, parsePlatform, parseReference } from '@catamaran/oci';
import { elfBytes } from '../../packages/check/src/testing/elf-bytes.ts';
import { directory, file } from '../../packages/oci/src/tar/tar-entry.ts';
import { helloProgram } from '../../packages/oci/src/testing/hello-program.ts';
import { layerOf } from '../../packages/oci/src/testing/memory-layer.ts';

/** For linux/amd64: a program that fits, one for another CPU, and one whose loader and library are not there. */
const planted = {
  right: helloProgram('amd64', 'right'),
  wrong: helloProgram('arm64', 'wrong'),
  lost: elfBytes({ interpreter: '/lib64/ld-linux-x86-64.so.2', needed: ['libnowhere.so.1'] }),
};

export const platform = 'linux/amd64';
export const user = '65532:65532';
export const entrypoint = '/app/right';

/** The context of a build: the programs in "app", and a Dockerfile that takes them. */
export async function writeBuildContext(folder: string): Promise<void> {
  await mkdir(join(folder, 'app'), { recursive: true });
  for (const [name, bytes] of Object.entries(planted)) {
    await writeFile(join(folder, 'app', name), bytes);
    await chmod(join(folder, 'app', name), 0o755);
  }
  const lines = ['FROM scratch', 'COPY app /app', `USER ${user}`, `ENTRYPOINT ["${entrypoint}"]`, ''];
  await writeFile(join(folder, 'Dockerfile'), lines.join('\n'));
}

/** The image that Catamaran itself makes of that, in a layout. */
export async function putOwnImage(layout: string, name: string): Promise<void> {
  const programs = Object.entries(planted).map(([path, bytes]) => file(`app/${path}`, bytes, 0o755));
  await putImage(layout, name, await layerOf(directory('app'), ...programs));
}

/** An image for others to put something on. */
export async function putBaseImage(layout: string, name: string): Promise<void> {
  await putImage(layout, name, await layerOf(directory('etc'), file('etc/base', 'base\n')));
}

async function putImage(layout: string, name: string, layer: Awaited<ReturnType<typeof layerOf>>) {
  const execution = { User: user, Entrypoint: [entrypoint] };
  const image = await createImage({
    platform: parsePlatform(platform),
    parts: [{ layer, createdBy: 'test' }],
    execution,
    created: '1970-01-01T00:00:00Z',
  });
  await layoutStore(layout).put(parseReference(name), image, createContext());
}
