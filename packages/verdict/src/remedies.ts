import type { ReasonCode } from './reason.ts';

/** What would make a comparison possible, by what stands in its way. */
export const remedies: Readonly<Record<ReasonCode, string>> = {
  emulated:
    'Run both images on native machines: an arm64 machine such as a Graviton instance for linux/arm64 and an ' +
    'x86-64 one for linux/amd64.',
  'generator-bound':
    'Give the load generator a core that neither the service nor anything else uses; if it is busy most of the time, lower the arrival rate.',
  errors:
    'Find out from the failures and from the log of the service why requests fail, or lower the arrival rate.',
  'single-target': 'Measure linux/amd64 and linux/arm64 in one run, with the same load and limits.',
  'not-paired':
    'Targets have to take turns in short rounds, which this version does not do. Until then repeat the run, and ' +
    'trust no difference that is smaller than the differences between repetitions.',
};
