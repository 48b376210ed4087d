/** Splits at white space that is not quoted; quotes stay. */
export function words(text: string): string[] {
  const found: string[] = [];
  let word = '';
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quote === '' && /\s/.test(character)) {
      if (word !== '') found.push(word);
      word = '';
      continue;
    }
    word += character;
    if (character === '\\' && quote !== "'") {
      at += 1;
      word += text[at] ?? '';
    } else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
  }
  if (word !== '') found.push(word);
  return found;
}
