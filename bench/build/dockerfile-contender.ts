import { join } from 'node:path';
import { nodeImage } from './base-images.ts';
import type { Checkout } from './checkout.ts';
import type { Contender } from './contender.ts';
import type { Docker } from './docker.ts';
import type { Name } from './names.ts';
import { type Architecture, native } from './platforms.ts';
import type { Step } from './steps.ts';

export interface DockerfileOptions {
  readonly checkout: Checkout;
  readonly name: Name;
  /** "cross" or "emulated" */
  readonly dockerfile: string;
  /** Built for one after the other. */
  readonly architectures: readonly Architecture[];
  takesPart(step: Step, round: number): boolean;
}

/** `docker build`, once for each platform: without buildx, and so without a registry, it makes no index. */
export function dockerfileContender(docker: Docker, options: DockerfileOptions): Contender {
  const { checkout, name, dockerfile, architectures, takesPart } = options;
  const tagFor = (architecture: Architecture) => `${dockerfile}-${architecture}:bench`;
  const build = (architecture: Architecture) =>
    docker.run(
      ...['build', '--quiet', '--platform', `linux/${architecture}`, '--tag', tagFor(architecture)],
      // All packages are in npm's cache; a registry that is slow today must not count.
      ...['--network', 'none'],
      ...['--build-arg', `BUILD_NODE=${nodeImage(native)}`],
      ...['--build-arg', `TARGET_NODE=${nodeImage(architecture)}`],
      ...['--file', join(import.meta.dirname, 'docker', `${dockerfile}.Dockerfile`), checkout.folder],
    );
  return {
    name,
    takesPart,
    async prepare(step, round) {
      await checkout.change(step, round);
      if (step === 'first') await docker.forget(architectures.map(tagFor));
    },
    async build() {
      const timings = [];
      let sum = 0;
      for (const [at, architecture] of architectures.entries()) {
        const { seconds } = await build(architecture);
        sum += seconds;
        timings.push(
          at === 0 ? { platforms: `linux/${architecture}`, seconds } : { platforms: 'both', seconds: sum },
        );
      }
      return timings;
    },
  };
}
