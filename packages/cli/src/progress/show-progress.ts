import type { Event } from '@catamaran/oci';
import type { Terminal } from '../process/terminal.ts';
import { liveView } from './live-view.ts';
import { plainView } from './plain-view.ts';
import { StepList } from './step-list.ts';

const redrawEveryMs = 100;

/** Shows events on stderr while work goes on; disposing leaves the finished steps and takes the rest away. */
export function showProgress(
  stream: NodeJS.WriteStream,
  terminal: Terminal,
): Disposable & { readonly emit: (event: Event) => void } {
  const write = (text: string) => void stream.write(text);
  const view = terminal.isTTY
    ? liveView({ write, columns: () => stream.columns || 80, color: terminal.color })
    : plainView(write);
  const list = new StepList(view, () => performance.now());
  const timer = terminal.isTTY ? setInterval(() => list.refresh(), redrawEveryMs) : undefined;
  timer?.unref();
  return {
    emit: list.receive,
    [Symbol.dispose]: () => {
      clearInterval(timer);
      list.close();
    },
  };
}
