import { CatamaranError, type Context, messageOf } from '@catamaran/oci';
import { loadErrors } from '../errors.ts';
import type { Generator } from './generator.ts';
import { type Ending, startWorker, type WorkerProcess } from './worker-process.ts';
import { workerTasks } from './worker-tasks.ts';

/**
 * Starts a generator in a process of its own, and waits until it is ready. The process ends when the generator
 * is disposed of, when the context's signal is aborted, or when this process ends in any way.
 *
 * @param options.enter the command that puts a process into the service's network, or [] to stay in this one
 * @throws CATA_GENERATOR_COMMAND_MISSING, CATA_GENERATOR_NOT_STARTED
 */
export async function launchGenerator(
  options: { readonly enter: readonly string[] },
  ctx: Context,
): Promise<Generator> {
  ctx.signal.throwIfAborted();
  const worker = startWorker(options.enter);
  const stop = () => void worker.kill();
  ctx.signal.addEventListener('abort', stop);
  void worker.ended.then(() => ctx.signal.removeEventListener('abort', stop));
  const ending = await readyOrEnded(worker);
  ctx.signal.throwIfAborted();
  if (ending) throw startFailure(worker.command, ending);
  return generatorOver(worker, ctx);
}

function readyOrEnded(worker: WorkerProcess): Promise<Ending | undefined> {
  const ready = new Promise<undefined>((resolve) => {
    worker.onNotice(({ type }) => {
      if (type === 'ready') resolve(undefined);
    });
  });
  return Promise.race([ready, worker.ended]);
}

function startFailure(command: readonly string[], { startError, text, output }: Ending): Error {
  if (!startError) {
    return loadErrors.CATA_GENERATOR_NOT_STARTED({ ending: text, output, command: command.join(' ') });
  }
  const reason = startError.code ?? startError.message;
  const details = { command: command[0] ?? 'env', reason };
  return loadErrors.CATA_GENERATOR_COMMAND_MISSING(details, { cause: startError });
}

function generatorOver(worker: WorkerProcess, ctx: Context): Generator {
  const tasks = workerTasks(worker, ({ text, output }) =>
    ctx.signal.aborted ? ctx.signal.reason : loadErrors.CATA_GENERATOR_STOPPED({ ending: text, output }),
  );
  let running = false;
  return {
    request: (url, timeoutMs, signal) => tasks.give('request', { url, timeoutMs }, signal),
    async run(job, onProgress, signal) {
      // Two runs in one process would wait for one another's sends.
      if (running) throw loadErrors.CATA_GENERATOR_BUSY({ baseUrl: job.baseUrl });
      running = true;
      try {
        return await tasks.give('run', { job }, signal, onProgress);
      } catch (cause) {
        if (signal.aborted || ctx.signal.aborted || cause instanceof CatamaranError) throw cause;
        const reason = messageOf(cause);
        throw loadErrors.CATA_GENERATOR_FAILED({ reason }, { cause });
      } finally {
        running = false;
      }
    },
    async [Symbol.asyncDispose]() {
      await worker.kill();
    },
  };
}
