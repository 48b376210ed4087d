import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { OpenedDatabase } from './opened-database.ts';

/** Whether the database can be worked with. */
export interface Readiness {
  /** Its tables are there. It may have been lost since. */
  readonly isPrepared: boolean;
  /** Asks the database now. */
  check(): Promise<boolean>;
}

const checkTimeoutMs = 2000;

export class DatabaseReadiness implements Readiness {
  isPrepared = false;
  readonly #database: OpenedDatabase['database'];

  constructor({ database }: OpenedDatabase) {
    this.#database = database;
  }

  async check(): Promise<boolean> {
    if (!this.isPrepared) return false;
    const ended = new AbortController();
    const answer = sql`select 1`.execute(this.#database).then(
      () => true,
      () => false,
    );
    const tooLate = sleep(checkTimeoutMs, false, { signal: ended.signal, ref: false }).catch(() => false);
    return Promise.race([answer, tooLate]).finally(() => ended.abort());
  }
}
