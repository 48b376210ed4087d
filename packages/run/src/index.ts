export { elfMachine } from './elf-machine.ts';
export { runErrors } from './errors.ts';
export type { Host, Limits, RunOptions } from './host.ts';
export { type RuncHostOptions, runcHost } from './runc/runc-host.ts';
export type { ResourceSample, Service, ServiceExit } from './service.ts';
