// Every page as each kind of person sees it, in both languages, light and dark, on a desk and on a phone. Fails on
// what a look would miss: a page wider than the phone, an accessibility rule broken (axe), a complaint of the browser.
//
//   node screenshots.mjs '{"base":"http://127.0.0.1:8080","folder":"target/screenshots"}'

import { clickIn, launch, speak, Visitor } from './lib/browser.mjs';
import { conclude, examine as lookAt, looks, settings } from './lib/looks.mjs';

const { base, folder, only } = JSON.parse(process.argv[2]);

/** Who sees what; a page that depends on data is found by following links. */
const tours = [
  { who: null, pages: ['/', '/catalogue', '/catalogue/smime-organization-365', '/register', '/login', '/lost-code', '/authorities',
    '/help', '/help/p12', '/help/thunderbird', '/help/outlook', '/help/apple-mail', '/help/export-windows', '/help/token', '/settings/component', '/settings/store', '/sign', '/verify', '/decrypt', '/generator', '/sandbox', '/sandbox/mail', '/no-such-page'],
    follow: [['/sandbox/mail', 'main tbody a', 'sandbox-message']] },
  { who: 'Piotr Kowalski', pages: ['/dashboard', '/orders', '/profile', '/certificates'],
    follow: [
      ['/orders', 'main tr:is(:has-text("Employee"), :has-text("Zaměstnanec")) a', 'order-awaiting'],
      ['/orders', 'main tr:is(:has-text("Employee"), :has-text("Zaměstnanec")) a', 'order-data', '/data'],
      ['/orders', 'main tbody tr >> nth=2 >> a', 'order-rejected'],
      ['/orders', 'main tbody tr >> nth=1 >> a', 'order-documents', '/documents'],
    ] },
  { who: 'Elena Ivanova', pages: ['/dashboard'],
    follow: [
      ['/orders', 'main tbody tr >> nth=0 >> a', 'order-email', '/email'],
      ['/orders', 'main tbody tr >> nth=1 >> a', 'order-activation', '/activation'],
    ] },
  { who: 'Jana Nováková', pages: ['/dashboard', '/certificates'],
    follow: [
      ['/certificates', 'main a[href^="/certificates/"]', 'certificate'],
      ['/certificates', 'main tbody tr:has(.badge):nth-child(2) a[href^="/certificates/"]', 'certificate-other'],
      ['/certificates', 'main a[href^="/certificates/"]', 'certificate-revoke', '/revoke'],
    ] },
  { who: 'Eva Svobodová', pages: ['/desk', '/desk/certificates', '/desk/certificates?q=elektra'],
    follow: [['/desk', 'main a[href^="/desk/orders/"]', 'application']] },
  { who: 'Oliver Grant', pages: ['/'], follow: [] },
];

const faults = [];
const browser = await launch();
for (const look of looks.filter((look) => !only || look.name === only)) {
  for (const tour of tours) {
    const visitor = await Visitor.arrive(browser, base, settings(look));
    if (tour.who) {
      await clickIn(visitor, tour.who);
      await speakQuietly(visitor, look.language);
    }
    for (const path of tour.pages) {
      await visitor.go(path);
      await examine(visitor, look, `${tour.who ? tour.who.split(' ')[0].toLowerCase() : 'public'}-${slug(path)}`);
    }
    for (const [start, selector, name, below] of tour.follow) {
      await visitor.go(start);
      const target = visitor.page.locator(selector).first();
      if ((await target.count()) === 0) {
        faults.push(`${look.name} ${name}: nothing to follow on ${start}`);
        continue;
      }
      const path = new URL(await target.getAttribute('href'), base).pathname;
      await visitor.go(path + (below ?? ''));
      await examine(visitor, look, name);
    }
    try {
      await visitor.leave();
    } catch (error) {
      faults.push(`${look.name}: ${error.message}`);
    }
  }
}
await browser.close();
conclude(faults, `${only ?? 'all'}: every page was looked at: ${folder}`);

function slug(path) {
  return path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home';
}

/** On a phone the language switch is in the menu. */
async function speakQuietly(visitor, language) {
  const menu = visitor.page.locator('details.topbar-narrow > summary');
  if (await menu.isVisible()) await menu.click();
  await speak(visitor, language);
}

async function examine(visitor, look, name) {
  faults.push(...(await lookAt(visitor, look, folder, name)));
  // The README's picture is what a newcomer sees first: `make picture` takes it over.
  if (look.name === 'en-light-1280' && name === 'jana-dashboard') await visitor.shoot(folder, 'dashboard');
}
