import { setTimeout as sleep } from 'node:timers/promises';
import type { Generator, GeneratorResponse } from '@catamaran/load';
import { type Context, formatPlatform, messageOf } from '@catamaran/oci';
import { formatExit, type Service } from '@catamaran/run';
import { cliErrors } from '../errors.ts';
import { lastLines } from './last-words.ts';

const pollEveryMs = 50;

/**
 * Asks until the service answers with 2xx.
 * @returns that answer
 * @throws CATA_HEALTH_TIMEOUT, CATA_SERVICE_EXITED, each with the service's own last lines
 */
export async function waitUntilHealthy(
  service: Service,
  generator: Generator,
  healthPath: string,
  timeoutSeconds: number,
  ctx: Context,
): Promise<GeneratorResponse> {
  const platform = formatPlatform(service.platform);
  const url = service.url + healthPath;
  const deadline = performance.now() + timeoutSeconds * 1000;
  let ended: string | undefined;
  service.exited.then((exit) => {
    ended = formatExit(exit);
  });
  let last = 'no answer';
  while (performance.now() < deadline) {
    ctx.signal.throwIfAborted();
    if (ended) throw cliErrors.CATA_SERVICE_EXITED({ platform, how: ended, logs: lastLines(service) });
    try {
      const remainingMs = Math.max(1, deadline - performance.now());
      const response = await generator.request(url, Math.min(5000, remainingMs), ctx.signal);
      if (response.status >= 200 && response.status < 300) return response;
      last = `status ${response.status}`;
    } catch (error) {
      ctx.signal.throwIfAborted();
      last = messageOf(error);
    }
    await sleep(pollEveryMs, undefined, { signal: ctx.signal });
  }
  throw cliErrors.CATA_HEALTH_TIMEOUT({
    platform,
    url,
    seconds: timeoutSeconds,
    last,
    logs: lastLines(service),
  });
}
