// Every template in each of its states, from the samples that the portal's tests render: also the pages that no tour
// of a sandbox meets, such as a server that is too busy. Looks and rules are those of the tour.
//
//   node gallery.mjs '{"gallery":"target/gallery","folder":"target/screenshots/gallery"}'

import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { launch, Visitor } from './lib/browser.mjs';
import { conclude, examine, looks, settings } from './lib/looks.mjs';

const { gallery, folder, only } = JSON.parse(process.argv[2]);

/** Nothing listens there: what the pages ask for comes from the folder. Scripts copy only where a page came by HTTPS. */
const BASE = 'https://gallery.invalid';
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

/** Templates that are for staff, and those that strangers see; the rest is for subscribers. */
const STAFF = /^(application|certificate-(suspended|not-yet-valid)|certificates-(all|none-at-all)|desk|guide-desk|profile-staff|recovery-codes|totp)/;
const STRANGERS = /^(authorities|catalogue|error(?!-forbidden)|guide|help|home|invitation|log-in|lost-code|product|register|sandbox|verify-email)/;

/** What stands for every document of an applicant: a sheet with lines of writing. */
const line = (row, wide) => `<rect x="60" y="${150 + 28 * row}" width="${wide}" height="10" fill="#9aa5b1"/>`;
const sheet = [470, 440, 475, 300, 0, 460, 475, 410, 465, 220, 0, 475, 380].map((wide, row) => line(row, wide)).join('');
const DOCUMENT = `<svg xmlns="http://www.w3.org/2000/svg" width="595" height="842" viewBox="0 0 595 842">
<rect width="595" height="842" fill="#fff"/><rect x="60" y="70" width="300" height="26" fill="#39424e"/>${sheet}
<circle cx="450" cy="690" r="60" fill="none" stroke="#1a5fa0" stroke-width="6"/></svg>`;

/** What the gallery answers to an address, if anything. */
function answer(path) {
  if (path.startsWith('/documents/')) return { contentType: 'image/svg+xml', body: DOCUMENT };
  const type = TYPES[extname(path)];
  return type && { contentType: `${type}; charset=utf-8`, body: readFileSync(join(gallery, path)) };
}

const files = readFileSync(join(gallery, 'index.txt'), 'utf8').trim().split('\n');
const faults = [];
const wanted = looks.filter((look) => !only || only.split(',').includes(look.name));
for (const language of new Set(wanted.map((look) => look.language))) {
  const browser = await launch(language);
  for (const look of wanted.filter((look) => look.language === language)) {
    const visitor = await Visitor.arrive(browser, BASE, settings(look));
    await visitor.context.route('**/*', (route) => {
      const found = answer(normalize(decodeURIComponent(new URL(route.request().url()).pathname)));
      return found ? route.fulfill(found) : route.abort();
    });
    for (const file of files) {
      const [setting, page] = file.replace(/\.html$/, '').split('/');
      const viewer = STAFF.test(page) ? 'officer' : STRANGERS.test(page) ? 'stranger' : 'subscriber';
      if (setting !== `${look.language}-${viewer}-${look.theme}`) continue;
      await visitor.go(`/${file}`);
      faults.push(...(await examine(visitor, look, folder, page)));
    }
    try {
      await visitor.leave();
    } catch (error) {
      faults.push(`${look.name}: ${error.message}`);
    }
  }
  await browser.close();
}
conclude(faults, `${only ?? 'all'}: every sample was looked at${folder ? `: ${folder}` : ''}`);
