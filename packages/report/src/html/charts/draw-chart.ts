import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { html, type Markup, trustedMarkup } from '../markup.ts';
import type { Chart } from './chart.ts';

use([BarChart, LineChart, GridComponent, MarkLineComponent, LabelLayout, SVGRenderer]);

const width = 520;
const height = 270;

/** Draws a chart as SVG whose ids begin with `id`, which is to be unique in the page. */
export function drawChart(chart: Chart, id: string): Markup {
  const figure = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    figure.setOption({ animation: false, ...chart.option });
    return accessible(figure.renderToSVGString({ useViewBox: true }), chart, id);
  } finally {
    figure.dispose();
  }
}

function accessible(svg: string, chart: Chart, id: string): Markup {
  const drawing = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${chart.description}">${trustedMarkup(reproducible(drawing, id))}</svg>`;
}

/**
 * The library numbers its drawings and classes for as long as the process lives, so that the same record would
 * give other text each time. Classes are for pointers, which a picture has no use for; ids get our own name.
 */
function reproducible(drawing: string, id: string): string {
  return drawing
    .replace(/<style >[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class="zr\d+-cls-\d+"|pointer-events="visible"|ecmeta_\w+="[^"]*")/g, '')
    .replace(/(id="|url\(#)zr\d+-/g, `$1${id}-`);
}
