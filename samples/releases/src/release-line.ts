/** A day, as in 2028-04-30. */
type Day = string;

/** A line of releases as the schedule has it. */
export interface ScheduledLine {
  /** The major version. */
  readonly line: number;
  /** Lines get one with long-term support. */
  readonly codename?: string;
  readonly start: Day;
  /** When long-term support begins, for lines that get it. */
  readonly lts?: Day;
  readonly maintenance: Day;
  readonly end: Day;
}

export type Status = 'pending' | 'current' | 'active LTS' | 'maintenance' | 'end of life';

/** What the service tells of a line. */
export interface ReleaseLine extends ScheduledLine {
  readonly status: Status;
  /** Until the end of its support; 0 from that day on. */
  readonly daysLeft: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/** @param now milliseconds since 1970; days are those of UTC */
export function describeLine(scheduled: ScheduledLine, now: number): ReleaseLine {
  const today = new Date(now).toISOString().slice(0, 10);
  const daysLeft = Math.max(0, (Date.parse(scheduled.end) - Date.parse(today)) / dayMs);
  return { ...scheduled, status: statusOn(today, scheduled), daysLeft };
}

/** Days in this form are in the order of their letters. */
function statusOn(today: Day, { start, lts, maintenance, end }: ScheduledLine): Status {
  if (today >= end) return 'end of life';
  if (today >= maintenance) return 'maintenance';
  if (lts !== undefined && today >= lts) return 'active LTS';
  return today >= start ? 'current' : 'pending';
}
