export { elfMachine } from './elf-machine.ts';
export { runErrors } from './errors.ts';
export type { Host, Limits, RunOptions } from './host.ts';
export { type RuncHostOptions, runcHost } from './runc/runc-host.ts';
export { formatExit, type ResourceSample, type Service, type ServiceExit } from './service.ts';
