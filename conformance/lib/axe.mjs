// Rules of accessibility, as axe checks them.

import AxeBuilder from '@axe-core/playwright';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** Colours on their way from one theme to the other have neither's contrast: until what ends has ended. */
function settled() {
  const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
  return Promise.allSettled(ending.map(({ finished }) => finished)).then(() => undefined);
}

/** What the page as it stands breaks, of all rules or of those named: a sentence for each, with the first places. */
export async function violations(page, rules) {
  await page.evaluate(settled);
  const axe = new AxeBuilder({ page });
  const found = await (rules ? axe.withRules(rules) : axe.withTags(RULES)).analyze();
  return found.violations.map(({ id, help, nodes }) => {
    const where = nodes.map(({ target }) => target.join(' ')).slice(0, 3).join('; ');
    return `axe ${id} (${help}) at ${where}`;
  });
}
