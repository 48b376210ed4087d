import { ConfigError } from './config-error.ts';

/** @throws ConfigError that names the variable, quotes it, and says what it may be */
export function readWholeNumber(name: string, text: string, minimum: number, maximum: number): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number >= minimum && number <= maximum) return number;
  throw new ConfigError(`${name} must be a whole number from ${minimum} to ${maximum}, but is "${text}".`);
}
