import type { Event } from '@catamaran/oci';
import { formatSeconds } from './format-seconds.ts';

interface RunningStep {
  readonly title: string;
  readonly startedAtMs: number;
  detail: string;
}

export type StepOutcome = 'done' | 'failed' | 'stopped';

/** What is shown of a step that runs. */
export interface RunningLine {
  readonly title: string;
  /** How long it has run, and how far it is. */
  readonly figures: string;
}

/** Where the list is shown. */
export interface StepView {
  started(title: string): void;
  ended(outcome: StepOutcome, title: string, seconds: string, detail: string): void;
  warning(message: string): void;
  /** Shows what runs now; called whenever that changes. */
  running(lines: readonly RunningLine[]): void;
  close(): void;
}

/** Turns the libraries' events into a list of steps with their times. */
export class StepList {
  readonly #running = new Map<string, RunningStep>();
  readonly #view: StepView;
  readonly #nowMs: () => number;

  constructor(view: StepView, nowMs: () => number) {
    this.#view = view;
    this.#nowMs = nowMs;
  }

  readonly receive = (event: Event): void => {
    switch (event.type) {
      case 'step.started':
        this.#running.set(event.id, { title: event.title, startedAtMs: this.#nowMs(), detail: '' });
        this.#view.started(event.title);
        break;
      case 'step.progress': {
        const step = this.#running.get(event.id);
        if (step) step.detail = event.detail;
        break;
      }
      case 'step.finished':
        this.#end(event.id, 'done', event.detail ?? '');
        break;
      case 'step.failed':
        this.#end(event.id, 'failed', '');
        break;
      case 'step.stopped':
        this.#end(event.id, 'stopped', '');
        break;
      case 'warning':
        this.#view.warning(event.message);
        break;
    }
    this.refresh();
  };

  /** One line for each running step, with how long it has run. */
  refresh(): void {
    const now = this.#nowMs();
    this.#view.running(
      [...this.#running.values()].map(({ title, startedAtMs, detail }) => ({
        title,
        figures: [formatSeconds(now - startedAtMs), detail].filter(Boolean).join('  '),
      })),
    );
  }

  close(): void {
    this.#running.clear();
    this.#view.close();
  }

  #end(id: string, outcome: StepOutcome, detail: string): void {
    const step = this.#running.get(id);
    if (!step) return;
    this.#running.delete(id);
    this.#view.ended(outcome, step.title, formatSeconds(this.#nowMs() - step.startedAtMs), detail);
  }
}
