// Every template in each of its states, from the samples that the portal's tests render: also the pages that no tour
// of a sandbox meets, such as a server that is too busy. Looks and rules are those of the tour.
//
//   node gallery.mjs '{"gallery":"target/gallery","folder":"target/screenshots/gallery"}'

import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { launch, Visitor } from './lib/browser.mjs';
import { conclude, examine, looks, settings } from './lib/looks.mjs';

const { gallery, folder, only } = JSON.parse(process.argv[2]);

/** Nothing listens there: what the pages ask for comes from the folder. */
const BASE = 'http://gallery.invalid';
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

/** Templates that are for staff, and those that strangers see; the rest is for subscribers. */
const STAFF = /^(application|desk|guide-desk|recovery-codes|totp|certificates-all|profile-staff)/;
const STRANGERS = /^(authorities|catalogue|error(?!-forbidden)|guide|help|home|invitation|log-in|lost-code|password(?!-(change|wrong))|product|register|sandbox|verify-email)/;

const files = readFileSync(join(gallery, 'index.txt'), 'utf8').trim().split('\n');
const faults = [];
const browser = await launch();
for (const look of looks.filter((look) => !only || look.name === only)) {
  const visitor = await Visitor.arrive(browser, BASE, settings(look));
  await visitor.context.route('**/*', (route) => {
    const path = normalize(decodeURIComponent(new URL(route.request().url()).pathname));
    const contentType = TYPES[extname(path)];
    return contentType
      ? route.fulfill({ contentType: `${contentType}; charset=utf-8`, body: readFileSync(join(gallery, path)) })
      : route.abort();
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
conclude(faults, `${only ?? 'all'}: every sample was looked at${folder ? `: ${folder}` : ''}`);
