/**
 * The generator's process. It is started without the `source` export condition and perhaps inside another network
 * namespace, so its files import one another and npm packages only, and it talks to its parent over IPC only.
 */
import { fetchOnce } from './fetch-once.ts';
import type { Notice, Order } from './messages.ts';
import { runJob } from './run-job.ts';

const tasks = new Map<number, AbortController>();

process.on('message', (order: Order) => {
  if (order.type === 'cancel') tasks.get(order.id)?.abort();
  else void carryOut(order);
});

// The parent is gone, however it ended: nobody would stop the load.
process.on('disconnect', () => process.exit());

tell({ type: 'ready' });

async function carryOut(order: Exclude<Order, { type: 'cancel' }>): Promise<void> {
  const { id } = order;
  const task = new AbortController();
  tasks.set(id, task);
  try {
    const answer =
      order.type === 'request'
        ? await fetchOnce(order.url, order.timeoutMs, task.signal)
        : await runJob(order.job, (progress) => tell({ type: 'progress', id, progress }), task.signal);
    tell({ type: 'answer', id, answer });
  } catch (error) {
    tell({ type: 'failure', id, reason: reasonOf(error) });
  } finally {
    tasks.delete(id);
  }
}

function tell(notice: Notice): void {
  if (process.connected) process.send?.(notice);
}

/** When every address of a host refuses, Node throws an AggregateError whose own message is empty. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
