import { createImage } from '../image/create-image.ts';
import { createIndex } from '../image/create-index.ts';
import type { ImageIndex } from '../image/image.ts';
import { platforms } from '../model/platform.ts';
import { directory, file } from '../tar/tar-entry.ts';
import { helloProgram } from './hello-program.ts';
import { layerOf } from './memory-layer.ts';

/** What an image of `helloIndex` says when it is run. */
export const greeting = 'Ship ahoy!\n';

/** An index of both platforms that can be unpacked and run: a layer that they share, and a program of each one's own. */
export async function helloIndex(): Promise<ImageIndex> {
  const shared = await layerOf(directory('etc'), file('etc/harbour', 'Kiel\n'));
  const images = platforms.map(async (platform) => {
    const program = file('hello', helloProgram(platform.architecture, greeting), 0o755);
    const image = await createImage({
      platform,
      parts: [
        { layer: shared, createdBy: 'what is shared' },
        { layer: await layerOf(program), createdBy: 'the program' },
      ],
      execution: { Entrypoint: ['/hello'], Env: ['PATH=/'], Labels: { harbour: 'Kiel' } },
      created: '2001-02-03T04:05:06Z',
    });
    return { platform, image };
  });
  return createIndex(await Promise.all(images));
}
