import { join } from 'node:path';
import { createContext, hostPlatform, isImageIndex, layoutStore, parseReference } from '@catamaran/oci';
import { runcHost } from '@catamaran/run';
import { command } from './command.ts';

/** Runs in the service's network: asks until there is an answer. */
const client = `
  const [url] = process.argv.slice(1);
  let answer;
  for (const start = Date.now(); !answer && Date.now() - start < 30_000; ) {
    answer = await fetch(url).catch(() => new Promise((done) => setTimeout(done, 50)));
  }
  console.log(await answer.text());
`;

/**
 * What a service says at "/", on the machine's own platform: started under runc and taken down again. Needs `runc` and
 * `nsenter`, and root.
 * @param folder in which its image is in the layout `.catamaran/layout`, listening on port 3000
 */
export async function answerOf(folder: string, name: string): Promise<unknown> {
  const platform = hostPlatform();
  if (!platform) throw new Error('This machine runs no image.');
  const index = await layoutStore(join(folder, '.catamaran', 'layout')).get(
    parseReference(name),
    createContext(),
  );
  if (!isImageIndex(index)) throw new Error('The build made no index.');
  const limits = { vcpu: 0.5, memoryMiB: 512 };
  const options = { name, platform, limits, port: 3000, env: {}, network: 'private' } as const;
  const host = runcHost({ folder: join(folder, 'run') });
  const service = await host.start(await index.image(platform), options, createContext());
  try {
    const [program = '', ...args] = [
      ...service.enter,
      process.execPath,
      '--input-type=module',
      '--eval',
      client,
    ];
    return JSON.parse(await command(program, ...args, service.url));
  } finally {
    await service[Symbol.asyncDispose]();
  }
}
