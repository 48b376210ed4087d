import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createContext } from '@catamaran/oci';
import { expect, test } from 'vitest';
import { loadJob, neverAborted, noProgress } from '../../testing/load-job.ts';
import { launchGenerator } from './launch-generator.ts';

const service = `
  require('node:http')
    .createServer((request, response) => response.end('inside'))
    .listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

const canUnshare = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0;

// On a build server a missing privilege is a failure: a test that never runs there tests nothing.
test.skipIf(!canUnshare && !process.env.CI)('loads a service in another network namespace', async () => {
  const script = 'ip link set lo up && exec "$0" -e "$1"';
  const args = ['--net', 'sh', '-c', script, process.execPath, service];
  const inside = spawn('unshare', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(inside.stdout.setEncoding('utf8'), 'data')) as [string];
    const url = `http://127.0.0.1:${line.trim()}`;
    const enter = ['nsenter', `--net=/proc/${inside.pid}/ns/net`, '--'];
    await using generator = await launchGenerator({ enter }, createContext());
    await using outside = await launchGenerator({ enter: [] }, createContext());
    expect((await generator.request(url, 5000, neverAborted)).body).toBe('inside');
    const { phases } = await generator.run(loadJob(url, 50, 1000), noProgress, neverAborted);
    expect(phases).toMatchObject([{ scheduled: 50, completed: 50, failed: {} }]);
    await expect(outside.request(url, 5000, neverAborted)).rejects.toThrow('ECONNREFUSED');
  } finally {
    inside.kill('SIGKILL');
    await once(inside, 'close');
  }
});

test.skipIf(!canUnshare && !process.env.CI)('a namespace that does not exist is a coded error', async () => {
  const enter = ['nsenter', '--net=/proc/self/no-such-file', '--'];
  await expect(launchGenerator({ enter }, createContext())).rejects.toMatchObject({
    code: 'CATA_GENERATOR_NOT_STARTED',
    message: expect.stringContaining('/proc/self/no-such-file'),
  });
});
