import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Service } from '@catamaran/run';

/** Sends whole requests and ones that lack their last bytes, says so, and sends those when it is told to. */
const client = `
  import { connect } from 'node:net';
  import { once } from 'node:events';
  const [url, path, count] = process.argv.slice(1);
  const { hostname, port } = new URL(url);
  for (let up = false; !up; )
    up = await fetch(url + '/healthz').then(({ ok }) => ok, () => new Promise((done) => setTimeout(done, 50)));
  const requestFor = (path) => 'GET ' + path + ' HTTP/1.1\\r\\nhost: service\\r\\nconnection: close\\r\\n\\r\\n';
  const request = requestFor(path);
  const open = async (text) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    const closed = new Promise((done) => socket.on('data', (data) => { answer += data; }).on('error', (error) => {
      answer += error.code;
    }).on('close', () => done(answer)));
    await once(socket, 'connect');
    await new Promise((done) => socket.write(text, done));
    return { socket, closed };
  };
  const numbers = Array.from({ length: Number(count) });
  const halves = await Promise.all(numbers.map(() => open(request.slice(0, -2))));
  const wholes = await Promise.all(numbers.map(() => open(request)));
  // Connections are accepted in turn: when the last one has its answer, the service has them all.
  await (await open(requestFor('/healthz'))).closed;
  console.log('sent');
  await once(process.stdin, 'data');
  for (const { socket } of halves) socket.write('\\r\\n');
  console.log(JSON.stringify(await Promise.all([...halves, ...wholes].map(({ closed }) => closed))));
  process.exit();
`;

export interface RequestsInFlight {
  /** Sends what is still missing. @returns every answer as it came, status line and all */
  finish(): Promise<readonly string[]>;
}

/**
 * Has requests of a service answered at the time of its end: some that it is at, some that are not yet whole.
 * @param count of each kind
 */
export async function requestsInFlight(
  service: Service,
  path: string,
  count: number,
): Promise<RequestsInFlight> {
  const args = ['--input-type=module', '--eval', client, service.url, path, String(count)];
  const [program = '', ...rest] = [...service.enter, process.execPath, ...args];
  const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'], timeout: 60_000 });
  const lines = createInterface(child.stdout);
  await once(lines, 'line');
  return {
    async finish() {
      const answered = once(lines, 'line');
      child.stdin.end('go\n');
      return JSON.parse((await answered)[0]) as string[];
    },
  };
}
