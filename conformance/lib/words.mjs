// The words of pages, as the locales have them.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const LOCALES = new URL('../../locales/', import.meta.url).pathname;

/** Words of a language by their keys, for messages of one line; `{ $name }` takes values. */
export function words(language) {
  const known = new Map();
  for (const file of readdirSync(join(LOCALES, language))) {
    for (const [, key, text] of readFileSync(join(LOCALES, language, file), 'utf8').matchAll(/^([a-zA-Z][\w-]*) = (?!\{ \$\w+ ->)(.+)$/gm)) known.set(key, text);
  }
  return (key, values = {}) => {
    const text = known.get(key);
    if (text === undefined) throw new Error(`${language} has no message ${key} of one line`);
    const filled = text.replaceAll(/\{ \$(\w+) \}/g, (_, name) => String(values[name]));
    // As the pages do it: in Czech a word of one letter stays with the next one.
    return language === 'cs' ? filled.replaceAll(/(?<=^|[ („\u00a0])([ksvzouaiKSVZOUAI]) (?=\S)/g, '$1\u00a0') : filled;
  };
}
