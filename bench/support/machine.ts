import { cpus } from 'node:os';

/** Where and when, for the heading of figures. */
export function describeMachine(): string {
  const today = new Date().toISOString().slice(0, 10);
  return `${today}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node.js ${process.versions.node}`;
}
