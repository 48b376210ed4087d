import { listPlatforms } from '../phrases/run-phrases.ts';
import type { Reporter } from '../reporter.ts';
import type { RunRecord } from '../run-record/run-record.ts';
import { headerSection } from './header-section.ts';
import { html, type Markup, trustedMarkup } from './markup.ts';
import { phasesSection } from './phases-section.ts';
import { provenanceSection } from './provenance-section.ts';
import { stylesheet } from './stylesheet.ts';
import { targetsSection } from './targets-section.ts';
import { verdictSection } from './verdict-section.ts';

/** One HTML file that needs nothing else: no script, no request. */
export function htmlReporter(): Reporter {
  return { render: renderParts };
}

async function* renderParts(record: RunRecord): AsyncIterable<string> {
  yield documentHead(record).markup;
  yield html`${headerSection(record)}<main>${targetsSection(record)}${phasesSection(record)}`.markup;
  // The charts' library is large, and only this report needs it.
  const { chartsSection } = await import('./charts-section.ts');
  yield chartsSection(record).markup;
  yield html`${verdictSection(record)}${provenanceSection(record)}</main>${documentEnd(record)}`.markup;
}

/** The policy makes the promise of the file binding: a browser will load and run nothing. */
function documentHead(record: RunRecord): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="Catamaran ${record.catamaran}">
<title>${record.project}: ${listPlatforms(record)} – Catamaran</title>
<style>${trustedMarkup(stylesheet)}</style>
</head>
<body>
`;
}

function documentEnd(record: RunRecord): Markup {
  return html`
<footer>Made by Catamaran ${record.catamaran} from the run record of ${record.startedAt}.</footer>
</body>
</html>
`;
}
