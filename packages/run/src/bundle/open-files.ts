import { readFile } from 'node:fs/promises';

/** As many as Fargate gives a task by default (task definition, `ulimits`). */
const fargateOpenFiles = 65_536;

/** How many files a container may open: as on Fargate, or as many as this process itself may hand on. */
export async function openFilesLimit(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'utf8');
  const hard = Number(/^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1] ?? fargateOpenFiles);
  return Math.min(hard, fargateOpenFiles);
}
