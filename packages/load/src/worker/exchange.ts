import type { Dispatcher } from 'undici';
import type { Nanoseconds } from '../schedule/nanoseconds.ts';
import { failureKind } from './failure-kind.ts';
import type { Script } from './script.ts';

/** Whom an exchange tells what becomes of it. Exactly one of `answered` and `failed` is called, once. */
export interface ExchangeListener {
  /** Bytes came in. */
  stirred(): void;
  answered(exchange: Exchange): void;
  failed(exchange: Exchange, kind: string): void;
}

export interface ExchangeStart {
  readonly script: Script;
  readonly step: number;
  readonly intendedNs: Nanoseconds;
  readonly sentNs: Nanoseconds;
}

/** One request and its response, as undici's handler: nothing but counters, and no promise. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly start: ExchangeStart;
  readonly #listener: ExchangeListener;
  #status = 0;
  #bodyBytes = 0;
  #settled = false;
  #controller: Dispatcher.DispatchController | undefined;

  constructor(start: ExchangeStart, listener: ExchangeListener) {
    this.start = start;
    this.#listener = listener;
  }

  get status(): number {
    return this.#status;
  }

  get bodyBytes(): number {
    return this.#bodyBytes;
  }

  /** Gives up waiting. The connection is closed, because the response could still come. */
  expire(): void {
    this.#fail('timeout');
    this.#controller?.abort(new Error('The request timed out.'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // The time was up before there was a connection.
    if (this.#settled) controller.abort(new Error('The request timed out.'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
    this.#listener.stirred();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bodyBytes += chunk.length;
    this.#listener.stirred();
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#listener.answered(this);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(failureKind(error));
  }

  #fail(kind: string): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#listener.failed(this, kind);
  }
}
