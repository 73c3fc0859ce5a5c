// The looks in which pages are looked at, and what a look finds without eyes.

import { join } from 'node:path';
import { violations } from './axe.mjs';

/** Both languages, light and dark, on a desk and on a phone. */
export const looks = [];
for (const language of ['en', 'cs']) {
  for (const theme of ['light', 'dark']) {
    for (const [width, height] of [[1280, 900], [360, 740]]) {
      looks.push({ name: `${language}-${theme}-${width}`, language, theme, viewport: { width, height } });
    }
  }
}

/** How a browser is set up for a look. */
export function settings(look) {
  return {
    viewport: look.viewport,
    colorScheme: look.theme,
    locale: look.language === 'cs' ? 'cs-CZ' : 'en-GB',
  };
}

/** Takes the picture, where there is a folder for it; tells of a page wider than its window and of accessibility rules broken (axe). */
export async function examine(visitor, look, folder, name) {
  const { page } = visitor;
  const faults = [];
  if (folder) await visitor.shoot(join(folder, look.name), name, { fullPage: true });
  const [wide, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  if (wide > inner) faults.push(`${look.name} ${name}: ${wide} px wide in a window of ${inner} px (${page.url()})`);
  for (const fault of await page.evaluate(crowded)) faults.push(`${look.name} ${name}: ${fault}`);
  for (const violation of await violations(page)) faults.push(`${look.name} ${name}: ${violation}`);
  return faults;
}

/** Texts of drawn pictures that the font here makes too wide: out of the picture, or into another text. */
function crowded() {
  const found = [];
  for (const picture of document.querySelectorAll('figure.drawing svg')) {
    const { width, height } = picture.viewBox.baseVal;
    const texts = [...picture.querySelectorAll('text')].map((text) => ({ words: text.textContent, box: text.getBBox() }));
    texts.forEach(({ words, box }, at) => {
      if (box.x < 0 || box.x + box.width > width || box.y + box.height > height) found.push(`“${words}” leaves its picture`);
      for (const other of texts.slice(at + 1)) {
        const beside = box.x + box.width <= other.box.x || other.box.x + other.box.width <= box.x;
        const apart = box.y + box.height <= other.box.y + 2 || other.box.y + other.box.height <= box.y + 2;
        if (!beside && !apart) found.push(`“${words}” runs into “${other.words}” in a picture`);
      }
    });
  }
  return found;
}

/** Ends the script: with the faults, or with a word that there are none. */
export function conclude(faults, word) {
  if (faults.length > 0) {
    console.error(faults.join('\n'));
    console.error(`${faults.length} faults`);
    process.exit(1);
  }
  console.log(word);
}
