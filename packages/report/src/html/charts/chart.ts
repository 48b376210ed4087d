import type { EChartsCoreOption } from 'echarts/core';
import type { Markup } from '../markup.ts';

/** A picture of some of the record, with the words that stand for it where it cannot be seen. */
export interface Chart {
  readonly title: string;
  /** The unit and what to know when reading it. */
  readonly subtitle: string | Markup;
  /** What the chart shows, with its main figures, for who cannot see it. */
  readonly description: string;
  readonly option: EChartsCoreOption;
}
