/** signal(7), of Linux, whatever system builds: the names that have the same meaning on amd64 and arm64. */
const names = new Set(
  [
    ...['HUP', 'INT', 'QUIT', 'ILL', 'TRAP', 'ABRT', 'IOT', 'BUS', 'FPE', 'KILL', 'USR1', 'SEGV', 'USR2'],
    ...['PIPE', 'ALRM', 'TERM', 'STKFLT', 'CHLD', 'CLD', 'CONT', 'STOP', 'TSTP', 'TTIN', 'TTOU', 'URG'],
    ...['XCPU', 'XFSZ', 'VTALRM', 'PROF', 'WINCH', 'IO', 'POLL', 'PWR', 'SYS', 'RTMIN', 'RTMAX'],
  ].map((name) => `SIG${name}`),
);
const lastSignal = 64;

/**
 * Whether a text is what an image may have as `StopSignal`: a name, `SIGRTMIN+n`, `SIGRTMAX-n` or a number.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties
 */
export function isStopSignal(text: string): boolean {
  if (/^\d+$/.test(text)) return Number(text) >= 1 && Number(text) <= lastSignal;
  const realTime = /^(?:SIGRTMIN\+|SIGRTMAX-)(\d+)$/.exec(text);
  // From 34 to 64: the C library keeps the first two of the kernel's to itself.
  return realTime ? Number(realTime[1]) <= 30 : names.has(text);
}
