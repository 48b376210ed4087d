export type { Fault, FaultPlan } from './fault.ts';
export type { MemoryRegistry, RecordedRequest } from './memory-registry.ts';
export type { MemoryRegistryOptions, Quirks } from './options.ts';
export { seededFaults } from './seeded-faults.ts';
export { startMemoryRegistry } from './start-memory-registry.ts';
