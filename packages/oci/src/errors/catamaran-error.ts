/**
 * Who has to act. `user`: the input or the project; `machine`: something is missing on this computer;
 * `remote`: a registry, mirror or service; `tool`: a defect of Catamaran's own.
 */
export type Fault = 'user' | 'machine' | 'remote' | 'tool';

export interface CatamaranErrorFields {
  readonly code: string;
  readonly fault: Fault;
  readonly message: string;
  readonly hint: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

/** The only error that is meant to leave a package: what happened, and what to do next. */
export class CatamaranError extends Error {
  override readonly name = 'CatamaranError';
  readonly code: string;
  readonly fault: Fault;
  readonly hint: string;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(fields: CatamaranErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.fault = fields.fault;
    this.hint = fields.hint;
    this.details = fields.details;
  }
}
