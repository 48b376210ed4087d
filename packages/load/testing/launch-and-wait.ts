import { setTimeout as sleep } from 'node:timers/promises';
import { createContext } from '@catamaran/oci';
import { launchGenerator } from '../src/index.ts';

/** A parent that starts a generator, says so, and is then ended by the test. */
await launchGenerator({ enter: [] }, createContext());
process.stdout.write('launched\n');
await sleep(60_000);
