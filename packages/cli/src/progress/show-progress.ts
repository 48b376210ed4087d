import type { Event } from '@catamaran/oci';
import type { Terminal } from '../process/terminal.ts';
import { liveView } from './live-view.ts';
import { plainView } from './plain-view.ts';
import { StepList } from './step-list.ts';

const redrawEveryMs = 100;

/** Shows events on stderr while work goes on, or only warnings when it is to be quiet; disposing leaves the finished steps and takes the rest away. */
export function showProgress(
  stream: NodeJS.WriteStream,
  terminal: Terminal,
  quiet: boolean,
): Disposable & { readonly emit: (event: Event) => void } {
  const write = (text: string) => void stream.write(text);
  const live = terminal.isTTY && !quiet;
  const view = live
    ? liveView({ write, columns: () => stream.columns || 80, color: terminal.color })
    : plainView(write);
  const list = new StepList(view, () => performance.now());
  const timer = live ? setInterval(() => list.refresh(), redrawEveryMs) : undefined;
  timer?.unref();
  return {
    emit: (event) => {
      if (!quiet || event.type === 'warning') list.receive(event);
    },
    [Symbol.dispose]: () => {
      clearInterval(timer);
      list.close();
    },
  };
}
