/** Text that is HTML already; only this module makes it. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | undefined | false | readonly Part[];

/** A template whose values are escaped, unless they are markup themselves. Lists are joined, nothing is left out. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return { markup: String.raw({ raw: strings }, ...values.map(render)) };
}

/** For what a library wrote as markup, and has escaped. */
export function trustedMarkup(markup: string): Markup {
  return { markup };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return 'markup' in part ? part.markup : part.map(render).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
