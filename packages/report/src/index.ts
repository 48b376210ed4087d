export { reportErrors } from './errors.ts';
export { htmlReporter } from './html/html-reporter.ts';
export { jsonReporter } from './json/json-reporter.ts';
export type { Reporter } from './reporter.ts';
export { parseRunRecord } from './run-record/parse-run-record.ts';
export type { RunRecord } from './run-record/run-record.ts';
export { runRecordJsonSchema } from './run-record/run-record-json-schema.ts';
export type { TargetRecord } from './run-record/target-record.ts';
export { type TerminalOptions, terminalReporter } from './terminal/terminal-reporter.ts';
