import type { Generator, LoadPlan, LoadResult, Phase } from '@catamaran/load';
import { type Context, formatPlatform, runStep } from '@catamaran/oci';
import { formatExit, type Service } from '@catamaran/run';
import { cliErrors } from '../errors.ts';
import { lastLines } from './last-words.ts';

/** The same for every target: the same arrivals in the same order. */
const seed = 1;
const requestTimeoutMs = 10_000;
const maxInFlight = 1000;

/** Runs phases against a service. @throws CATA_SERVICE_DIED when it ends meanwhile */
export function loadService(
  title: string,
  phases: readonly Phase[],
  plan: LoadPlan,
  service: Service,
  generator: Generator,
  ctx: Context,
): Promise<LoadResult> {
  const platform = formatPlatform(service.platform);
  return runStep(`${title}.${platform}`, `${title} ${platform}`, ctx, async (step) => {
    const died = new AbortController();
    service.exited.then((exit) =>
      died.abort(cliErrors.CATA_SERVICE_DIED({ platform, how: formatExit(exit), logs: lastLines(service) })),
    );
    const { scenarios } = plan;
    const job = { baseUrl: service.url, phases, scenarios, seed, requestTimeoutMs, maxInFlight };
    const result = await generator.run(
      job,
      ({ phase, elapsedMs, totalMs, completed }) =>
        step.progress(
          `${phase}: ${Math.round(elapsedMs / 1000)} of ${totalMs / 1000} s, ${completed} answered`,
        ),
      AbortSignal.any([ctx.signal, died.signal]),
    );
    step.conclude(describeResult(result));
    return result;
  });
}

function describeResult({ phases }: LoadResult): string {
  const completed = phases.reduce((sum, phase) => sum + phase.completed, 0);
  const failed = phases.reduce(
    (sum, phase) => sum + Object.values(phase.failed).reduce((a, b) => a + b, 0),
    0,
  );
  return `${completed} answered, ${failed} failed`;
}
