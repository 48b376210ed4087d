import { emulatedWords } from '../phrases/run-phrases.ts';
import type { TargetRecord } from '../run-record/target-record.ts';
import { html, type Markup } from './markup.ts';

/** The CSS variable that colours a target: its architecture's, or that of everything emulated. */
export function targetColor(target: TargetRecord): string {
  return `var(--${targetKind(target)})`;
}

export function lineType(target: TargetRecord): 'solid' | 'dashed' {
  return target.emulated ? 'dashed' : 'solid';
}

/** "linux/arm64 (emulated — functional check only)" */
export function targetLabel(target: TargetRecord): string {
  return target.emulated ? `${target.platform} (${emulatedWords})` : target.platform;
}

/** A target's name behind a stroke as its lines are drawn; an emulated one says that it is. */
export function targetTag(target: TargetRecord, words: string = emulatedWords): Markup {
  const stroke = html`<svg class="stroke" viewBox="0 0 24 4" aria-hidden="true"><line x1="0" y1="2" x2="24" y2="2"/></svg>`;
  const badge = target.emulated && html`<span class="badge">${words}</span>`;
  return html`<span class="tag ${targetKind(target)}">${stroke}<span>${target.platform}</span>${badge}</span>`;
}

function targetKind(target: TargetRecord): string {
  if (target.emulated) return 'emulated';
  return target.platform.startsWith('linux/arm64') ? 'arm64' : 'amd64';
}
