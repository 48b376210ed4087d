import { constants } from 'node:os';

/** Of Linux, as the C library counts them: the kernel's first two real-time signals are its own. */
const firstRealTime = 34;
const lastRealTime = 64;

/**
 * The number of an image's `StopSignal`: a name, `SIGRTMIN+n`, `SIGRTMAX-n` or a number. SIGTERM where it is none
 * of these, or is not said. https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties
 */
export function signalNumber(text: string | undefined): number {
  const wanted = (text ?? '').toUpperCase().replace(/^(?!SIG|\d)/, 'SIG');
  const [, end, offset = '0'] = /^SIG(RTMIN\+|RTMAX-|RTMIN$|RTMAX$)(\d*)$/.exec(wanted) ?? [];
  if (end) return end.startsWith('RTMIN') ? firstRealTime + Number(offset) : lastRealTime - Number(offset);
  const known = constants.signals[wanted as NodeJS.Signals] ?? Number(wanted);
  return known >= 1 && known <= lastRealTime ? known : constants.signals.SIGTERM;
}
