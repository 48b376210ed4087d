import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The CNCF's registry, on loopback and without TLS. */
export interface Registry extends AsyncDisposable {
  /** "127.0.0.1:41234" */
  readonly address: string;
}

/** Starts `docker-registry`, which keeps what it is given in `folder`. */
export async function startRegistry(folder: string): Promise<Registry> {
  const config = {
    version: 0.1,
    log: { level: 'info' },
    storage: { filesystem: { rootdirectory: join(folder, 'registry') } },
    // Port 0: any free one, which it then tells.
    http: { addr: '127.0.0.1:0' },
  };
  const path = join(folder, 'registry.yml');
  // YAML, as all JSON is.
  writeFileSync(path, JSON.stringify(config));
  const child = spawn('docker-registry', ['serve', path], { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  const said: string[] = [];
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      said.push(line);
      const [, found] = /listening on (127\.0\.0\.1:\d+)/.exec(line) ?? [];
      if (found) resolve(found);
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`docker-registry has ended:\n${said.join('\n')}`)));
  });
  return {
    address,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await exited;
    },
  };
}
