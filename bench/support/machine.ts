import { cpus, loadavg } from 'node:os';

const loadAtStart = loadavg()[0] ?? 0;

/** Where, when and beside how much other work, for the heading of figures. */
export function describeMachine(): string {
  const today = new Date().toISOString().slice(0, 10);
  const processor = `${cpus().length} × ${cpus()[0]?.model.trim()}`;
  return `${today}, ${processor} (load ${loadAtStart.toFixed(1)} before it began), Node.js ${process.versions.node}`;
}
