import type { Service } from '@catamaran/run';
import { command } from './command.ts';

/** Asks until there is an answer; what it says goes to the test as it is. */
const client = `
  const [address, seconds] = process.argv.slice(1);
  const ask = async () => {
    const response = await fetch(address);
    return { status: response.status, body: await response.text() };
  };
  let answer;
  for (const start = Date.now(); !answer && Date.now() - start < seconds * 1000; ) {
    answer = await ask().catch(() => new Promise((done) => setTimeout(done, 50)));
  }
  console.log(JSON.stringify(answer ?? { status: 0, body: 'no answer' }));
`;

export interface ServiceAnswer {
  readonly status: number;
  readonly body: string;
}

/** The answer to a GET from within the service's network, once it listens. Its last lines are in the error if it does not. */
export async function askService(service: Service, path: string, seconds = 30): Promise<ServiceAnswer> {
  const node = [
    process.execPath,
    '--input-type=module',
    '--eval',
    client,
    service.url + path,
    String(seconds),
  ];
  const [program = '', ...args] = [...service.enter, ...node];
  const answer = JSON.parse(await command(program, ...args)) as ServiceAnswer;
  if (answer.status === 0) throw new Error(`The service does not answer:\n${service.logs().join('\n')}`);
  return answer;
}
