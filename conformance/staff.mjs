// An officer of a production environment: the link that works once, a password, a second factor, and only then the desk.
//
//   node staff.mjs '{"base":"https://localhost:8443","link":"https://localhost:8443/invitation/…","folder":"/tmp/x"}'

import { join } from 'node:path';
import { launch, Visitor } from './lib/browser.mjs';
import { totp } from './lib/totp.mjs';

const { base, link, folder } = JSON.parse(process.argv[2]);
const shots = join(folder, 'shots');
const password = 'sedm modrých kachen na rybníce';
const browser = await launch();
try {
  const officer = await Visitor.arrive(browser, base);
  await officer.go(link);
  await officer.shoot(shots, 'invitation');
  await officer.fill({ full_name: 'Eva Úřednice', password, again: password });
  await officer.submit(new URL(link).pathname);

  // The password alone opens nothing of the desk.
  const early = await officer.go('/desk');
  if (early === 200 && officer.path() === '/desk') throw new Error('the desk opened without a second factor');
  await officer.go('/login/totp/enrol');
  await officer.shoot(shots, 'totp-enrol');
  const picture = await officer.page.locator('main .qr svg').count();
  if (picture === 0) throw new Error('there is no QR code');
  const secret = (await officer.page.locator('main code').first().innerText()).replace(/\s/g, '');
  await officer.fill({ code: '000000' });
  await officer.submit('/login/totp/enrol');
  await officer.page.locator('#problems').waitFor();
  const first = totp(secret, Date.now());
  await officer.fill({ code: first });
  await officer.submit('/login/totp/enrol');
  await officer.shoot(shots, 'recovery-codes');
  const recovery = await officer.page.locator('main li code').first().innerText();
  await expectDesk(officer);
  await officer.leave();

  // The next day: password, then a code; the one that was used is used up.
  const back = await Visitor.arrive(browser, base);
  await logIn(back);
  if (!back.path().startsWith('/login/totp')) throw new Error(`a password leads to ${back.path()}`);
  await back.fill({ code: first });
  await back.submit('/login/totp');
  await back.page.locator('#problems').waitFor();
  const next = totp(secret, Date.now() + 30_000);
  await back.fill({ code: next });
  await back.submit('/login/totp');
  await expectDesk(back);
  await back.leave();

  // The phone is lost: a recovery code opens, once.
  const lost = await Visitor.arrive(browser, base);
  await logIn(lost);
  await lost.fill({ code: recovery });
  await lost.submit('/login/totp');
  await expectDesk(lost);
  await lost.leave();
  const again = await Visitor.arrive(browser, base);
  await logIn(again);
  await again.fill({ code: recovery });
  await again.submit('/login/totp');
  await again.page.locator('#problems').waitFor();

  // Nothing of the sandbox is here, and the link is used up.
  for (const path of ['/sandbox', '/sandbox/mail']) {
    if ((await again.go(path)) !== 404) throw new Error(`${path} is there in production`);
  }
  const spent = await Visitor.arrive(browser, base);
  await spent.go(link);
  if ((await spent.page.locator('main [name="password"]').count()) > 0) throw new Error('the link works twice');
} catch (error) {
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    console.error(`${page.url()}\n${await page.locator('body').innerText()}`);
  }
  throw error;
} finally {
  await browser.close();
}
console.log('the officer is at the desk');

async function logIn(visitor) {
  await visitor.go('/login');
  await visitor.fill({ login: 'eva@example.com', secret: password });
  await visitor.submit('/login');
}

async function expectDesk(visitor) {
  const status = await visitor.go('/desk');
  if (status !== 200 || visitor.path() !== '/desk') throw new Error(`the desk answers ${status} at ${visitor.path()}`);
}
