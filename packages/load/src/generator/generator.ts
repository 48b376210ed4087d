import type { LoadJob, LoadProgress } from '../result/load-job.ts';
import type { LoadResult } from '../result/load-result.ts';

export interface GeneratorResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** As UTF-8, the first MiB of it. */
  readonly body: string;
}

/** A process that makes load, in the network it was launched in. Disposing of it ends the process. */
export interface Generator extends AsyncDisposable {
  /** One GET, as for a health check. A refused connection or a timeout rejects with a plain Error. */
  request(url: string, timeoutMs: number, signal: AbortSignal): Promise<GeneratorResponse>;
  /**
   * Runs the phases one after the other. Rejects with the signal's reason as soon as it is aborted.
   * @throws CATA_GENERATOR_BUSY, CATA_GENERATOR_FAILED, CATA_GENERATOR_STOPPED
   */
  run(job: LoadJob, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<LoadResult>;
}
