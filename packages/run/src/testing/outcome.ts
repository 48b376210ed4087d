import { messageOf } from '@catamaran/oci';
import type { Service } from '../service.ts';
import { formatExit } from '../service.ts';

/** How a service ends and what it says, in words: at once, which is an error, or a moment later. */
export async function outcome(started: Promise<Service & AsyncDisposable>): Promise<string> {
  try {
    await using service = await started;
    const exit = await service.exited;
    return `${formatExit(exit)}\n${service.logs().join('\n')}`;
  } catch (error) {
    return messageOf(error);
  }
}

export async function untilLine(service: Service, line: string): Promise<void> {
  while (!service.logs().includes(line)) await new Promise((done) => setTimeout(done, 10));
}
