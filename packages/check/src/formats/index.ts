/** On its own, for who asks for another format than text. */
export { githubAnnotations } from './github-annotations.ts';
export type { Reported, ReportedPart } from './reported.ts';
export { sarifLog } from './sarif-log.ts';
