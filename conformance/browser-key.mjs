// A certificate whose key is made in the browser: from the order to a backup that mail programs read, interrupted wherever that can be, an
// application that is signed with it, and its renewal. Nothing of key, passwords or decrypted content leaves the browser.
//
//   node browser-key.mjs '{"base":"http://127.0.0.1:8080","language":"en","folder":"/tmp/x","browser":"chromium"}'

import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { launch, mailTo, Visitor } from './lib/browser.mjs';
import { Referees } from './lib/foreign.mjs';
import { signApplication } from './lib/signed-form.mjs';
import { octets, privateKey, text, Traffic } from './lib/traffic.mjs';

const { base, language, folder, browser: name = 'chromium' } = JSON.parse(process.argv[2]);
const shots = join(folder, 'shots');
const referees = new Referees(folder);
const STORE_PASSWORD = 'čtyři lišky nad Vltavou 7';
const FILE_PASSWORD = 'záloha pod kobercem 9';
const CONTENT = 'Smlouva je v příloze, čtěte ji prosím o samotě.';
const mailbox = `podatelna.${Date.now()}@elektra.test`;
/** Of an order of the sandbox that is verified and waits for its key. */
const verified = { who: 'Elena Ivanova', email: 'elena.ivanova@vitosha.test', mailbox: 'office@vitosha.test' };
const words = {
  en: {
    waits: /Your key waits in this browser/, primary: /as your primary certificate/, elsewhere: /is not in this browser/, notIssued: /was not issued/,
    saved: /A backup was made/, renewed: /renewed already/, used: /used or replaced/i, now: /Make a backup now/, wrong: /tries|try/i,
  },
  cs: {
    waits: /Váš\sklíč\sčeká\sv\stomto\sprohlížeči/, primary: /jako\sváš\shlavní\scertifikát/, elsewhere: /v\stomto\sprohlížeči\snení/, notIssued: /nebyl\svydán/,
    saved: /Záloha\sv\stomto\sprohlížeči\svznikla/, renewed: /Už\sbyl\sobnoven/, used: /použit/i, now: /Vytvořte\snyní\szálohu/, wrong: /pokus/i,
  },
}[language];

const traffic = await Traffic.begin();
const downloads = join(folder, 'downloads');
mkdirSync(downloads, { recursive: true });
const browser = await launch(language, { name, downloads });
try {
  const visitor = await Visitor.arrive(browser, base, { ...traffic.settings, acceptDownloads: true });
  traffic.watch(visitor.context);
  await arrive(visitor);
  const order = await ready(visitor);
  const first = await activateInterrupted(visitor, order);
  const key = await backUp(visitor, first, 'first');
  await signApplication({ visitor, language, referees, turn, shoot, password: STORE_PASSWORD, by: mailbox });
  await otherBrowser(first);
  const second = await renew(visitor, first);
  const secondKey = await backUp(visitor, second, 'second');
  const thirdKey = await collect(visitor, 'third');
  await stillDecrypts(visitor);
  readByOthers();

  const secrets = [
    ...text('the password of the store', STORE_PASSWORD), ...text('the password of the file', FILE_PASSWORD),
    ...privateKey('the first key', key), ...privateKey('the second key', secondKey), ...privateKey('the third key', thirdKey), ...octets('the content', Buffer.from(CONTENT)),
  ];
  traffic.demandNone(secrets);
  await visitor.leave();
} catch (error) {
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    await page.screenshot({ path: join(folder, `failed-${index}.png`), fullPage: true });
    console.error(`${page.url()}\n${await page.locator('body').innerText()}`);
  }
  throw error;
} finally {
  await browser.close();
  await traffic.end();
}
console.log(`keys of the browser told in ${language} with ${name}`);

/** In Firefox Playwright puts a style into the page for a picture, which the policy refuses. */
async function shoot(visitor, ...picture) {
  if (name === 'chromium') await visitor.shoot(shots, ...picture);
}

/** Does what leads to another page, and waits for that: browsers tell at different moments that a page is there. */
async function turn(visitor, act) {
  await visitor.page.evaluate(() => {
    globalThis.former = true;
  });
  await act();
  await visitor.page.waitForFunction(() => globalThis.former === undefined && document.readyState === 'complete');
}

/** One click in the sandbox, and the language of the words below. */
async function arrive(visitor, who = 'Jana Nováková') {
  await visitor.go('/sandbox');
  const person = visitor.page.locator('main li', { hasText: who });
  await turn(visitor, () => person.locator('button[type=submit]').click());
  await speak(visitor);
}

async function speak(visitor) {
  if ((await visitor.page.locator('html').getAttribute('lang')) === language) return;
  const other = visitor.page.locator(`form[action="/settings/language"] button[value="${language}"]`).locator('visible=true').first();
  await turn(visitor, () => other.click());
}

async function submit(visitor, action) {
  const form = visitor.page.locator(`main form[action="${action}"]`).first();
  const loud = form.locator('button.btn-primary');
  const button = (await loud.count()) > 0 ? loud : form.locator('button[type=submit]');
  await turn(visitor, () => button.first().click());
}

/** An order of a mailbox certificate whose mailbox answered. */
async function ready(visitor) {
  await visitor.go('/orders/new/smime-mailbox-365');
  await submit(visitor, '/orders');
  const order = visitor.path().split('/').slice(0, 3).join('/');
  await visitor.go(`${order}/email`);
  // Over WebDriver BiDi what stands in a field for addresses is not replaced.
  await visitor.page.locator('main input[name=email]').evaluate((field) => {
    field.value = '';
  });
  await visitor.fill({ email: mailbox });
  await submit(visitor, `${order}/email`);
  const [link] = await mailTo(visitor, mailbox, /\/verify-email\/[0-9a-f]+/);
  await visitor.go(link);
  await submit(visitor, link);
  return order;
}

/** From the choice of the key to the summary with everything ticked. */
async function agree(visitor, order, shot) {
  await visitor.go(`${order}/activation`);
  const here = visitor.page.locator('#key-browser');
  await here.waitFor();
  assert.ok(await here.isChecked(), 'the browser is recommended');
  assert.ok(!(await visitor.page.locator('#csr').isVisible()));
  if (shot) await shoot(visitor, `${shot}-choice`, { fullPage: true });
  await submit(visitor, `${order}/activation`);
  await visitor.sees(mailbox, /RSA 3072/);
  await visitor.fill({ statement: true });
  if (shot) await shoot(visitor, `${shot}-summary`, { fullPage: true });
}

async function press(visitor) {
  await visitor.page.locator('form[data-island="activation-issue"] button.btn-primary').click();
}

async function unlock(visitor) {
  const dialog = visitor.page.locator('dialog[open]');
  await dialog.locator('input[name=password]').fill(STORE_PASSWORD);
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
}

/** The store is set up on the way; the line breaks before the request is sent, then after the certificate is issued. Nothing is lost. */
async function activateInterrupted(visitor, order) {
  await agree(visitor, order, 'activation');
  const issuing = `**${order}/activation/issue`;
  await visitor.context.route(issuing, (route) => route.abort());
  visitor.forgive(/ERR_FAILED|NetworkError|Failed to load resource/);
  await press(visitor);
  const dialog = visitor.page.locator('dialog[open]');
  await dialog.locator('input[name=new-password]').fill('heslo');
  await dialog.locator('input[name=password-again]').fill('heslo');
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('.invalid-feedback:not([hidden])').waitFor();
  await shoot(visitor, 'set-up');
  await dialog.locator('input[name=new-password]').fill(STORE_PASSWORD);
  await dialog.locator('input[name=password-again]').fill(STORE_PASSWORD);
  await dialog.locator('button[type=submit]').click();
  await visitor.page.getByText(words.notIssued).waitFor();
  assert.equal((await pending(visitor)).length, 1, 'the key is kept before its request is sent');
  await visitor.context.unroute(issuing);

  // Closed here. The order's page finds the key again, and the activation goes on with it.
  await visitor.go(order);
  await visitor.page.getByText(words.waits).waitFor();
  await shoot(visitor, 'order-waits');
  await agree(visitor, order);
  await visitor.context.route('**/chain.p7b', (route) => route.abort());
  await press(visitor);
  await unlock(visitor);
  await visitor.page.waitForURL(/\/certificates\/[0-9a-f]{32}$/);
  await visitor.page.getByText(words.waits).waitFor();
  const [waiting, ...more] = await pending(visitor);
  assert.ok(waiting && more.length === 0, 'one key was made');
  await shoot(visitor, 'certificate-waits');
  await visitor.context.unroute('**/chain.p7b');

  const certificate = visitor.path();
  await visitor.go(order);
  await visitor.page.getByText(words.waits).waitFor();
  await visitor.go(certificate);
  await visitor.page.locator('[data-island="certificate-store"] button.btn-primary').click();
  await unlock(visitor);
  await visitor.page.getByText(words.primary).waitFor();
  await visitor.sees(words.now);
  await shoot(visitor, 'certificate-stored', { fullPage: true });
  assert.deepEqual(await pending(visitor), []);
  return certificate;
}

/** The backup, which the password typed for it opens, and neither the store's nor none; gives the private key in it. */
async function backUp(visitor, certificate, file) {
  await visitor.go(certificate);
  const panel = visitor.page.locator('[data-island="certificate-store"]');
  await panel.getByText(words.primary).waitFor();
  return backUpHere(visitor, file);
}

async function backUpHere(visitor, file, address = mailbox) {
  await visitor.page.locator('button.btn-primary', { has: visitor.page.locator('use[href$="#device-floppy"]') }).click();
  const dialog = visitor.page.locator('dialog[open]');
  await dialog.locator('input[name=new-password]').fill(FILE_PASSWORD);
  await dialog.locator('input[name=password-again]').fill(FILE_PASSWORD);
  await dialog.locator('input[name=password]').fill(STORE_PASSWORD);
  await shoot(visitor, 'backup');
  await saved(visitor, join(folder, `${file}.p12`), () => dialog.locator('button[type=submit]').click());
  await visitor.page.getByText(words.saved).waitFor();
  referees.write('file-password', `${FILE_PASSWORD}\n`);
  referees.write('store-password', `${STORE_PASSWORD}\n`);
  referees.openssl(`pkcs12 -in ${file}.p12 -passin file:store-password -noout`, { fails: true });
  referees.openssl(`pkcs12 -in ${file}.p12 -passin file:file-password -nodes -nocerts -out ${file}.key`);
  referees.openssl(`pkcs12 -in ${file}.p12 -passin file:file-password -nokeys -clcerts -out ${file}.pem`);
  referees.openssl(`x509 -in ${file}.pem -noout -email`, { says: new RegExp(address) });
  const pem = /-----BEGIN PRIVATE KEY-----[^]*-----END PRIVATE KEY-----/.exec(referees.read(`${file}.key`).toString())[0];
  assert.equal(createPrivateKey(pem).asymmetricKeyDetails.modulusLength, 3072);
  return pem;
}

/** The file that an act saves. Over WebDriver BiDi no event tells of it. */
async function saved(visitor, path, act) {
  if (name === 'chromium') {
    const [download] = await Promise.all([visitor.page.waitForEvent('download'), act()]);
    assert.match(download.suggestedFilename(), /\.p12$/);
    return download.saveAs(path);
  }
  const before = new Set(readdirSync(downloads));
  await act();
  for (let n = 0; n < 400; n += 1) {
    const [file] = readdirSync(downloads).filter((one) => !before.has(one) && one.endsWith('.p12'));
    if (file && statSync(join(downloads, file)).size > 0) return copyFileSync(join(downloads, file), path);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nothing was saved');
}

/** The same person elsewhere is told where the key is, and is not offered what cannot be done. */
async function otherBrowser(certificate) {
  const other = await Visitor.arrive(browser, base);
  await arrive(other);
  await other.go(certificate);
  await other.page.getByText(words.elsewhere).waitFor();
  await shoot(other, 'certificate-elsewhere', { fullPage: true });
  await other.leave();
}

async function renew(visitor, certificate) {
  await visitor.go(certificate);
  await turn(visitor, () => visitor.page.locator(`main a[href="${certificate}/renew"]`).first().click());
  await visitor.sees(mailbox);
  await shoot(visitor, 'renew', { fullPage: true });
  await submit(visitor, `${certificate}/renew`);
  const [, sent] = await mailTo(visitor, mailbox, /(?:being renewed|se obnovuje)[^]*?\b((?:[A-Z0-9]{4}-){6}[A-Z0-9]{4})\b/);
  await visitor.go(`${certificate}/renew`);
  await visitor.fill({ code: sent.replace(/.$/, (last) => (last === '0' ? '1' : '0')) });
  await submit(visitor, `${certificate}/renew/code`);
  await visitor.page.locator('#problems').waitFor();
  await shoot(visitor, 'renew-code', { fullPage: true });
  await visitor.fill({ code: sent.toLowerCase() });
  await submit(visitor, `${certificate}/renew/code`);
  const order = visitor.path().split('/').slice(0, 3).join('/');
  assert.match(order, /^\/orders\/[0-9a-f]{32}$/);
  await agree(visitor, order, 'renewal');
  await press(visitor);
  await unlock(visitor);
  await visitor.page.waitForURL(/\/certificates\/[0-9a-f]{32}$/);
  await visitor.page.getByText(words.primary).waitFor();
  const successor = visitor.path();
  assert.notEqual(successor, certificate);
  const entries = await inStore(visitor, (store) => store.ask('list', {}));
  assert.deepEqual(entries.map(({ isPrimary }) => isPrimary), [true, false], 'the former stays beside it');
  await visitor.go(`${certificate}/renew`);
  await visitor.sees(words.renewed);
  return successor;
}

/** Codes that an officer gives out get another certificate without logging in: its key is made here, too, and it is installed at once. */
async function collect(visitor, file) {
  const applicant = await Visitor.arrive(browser, base);
  await arrive(applicant, verified.who);
  await applicant.go('/dashboard');
  const activation = await applicant.page.locator('main a[href$="/activation"]').first().getAttribute('href');
  await applicant.leave();
  const officer = await Visitor.arrive(browser, base);
  await arrive(officer, 'Eva Svobodová');
  await officer.go(activation.replace('/orders/', '/desk/orders/').replace('/activation', ''));
  await turn(officer, () => officer.page.locator('form[action$="/codes"] button').click());
  const code = (await officer.page.locator('.copy-value').first().innerText()).trim();
  await shoot(officer, 'codes-given-out');
  await officer.leave();
  const [link, reference] = await mailTo(visitor, verified.email, /\/download\/([A-Z0-9-]{14})/);
  await turn(visitor, () => visitor.page.locator('form[action="/logout"] button').first().click());

  await speak(visitor);
  await visitor.go(link);
  assert.equal(await visitor.page.locator('[name=reference]').inputValue(), reference);
  await visitor.fill({ code: code.replace(/.$/, (last) => (last === '0' ? '1' : '0')) });
  await submit(visitor, '/download');
  await visitor.page.locator('#problems').waitFor();
  await visitor.fill({ code });
  await submit(visitor, '/download');
  await visitor.sees(verified.mailbox);
  const here = visitor.page.locator('#key-browser');
  await here.waitFor();
  assert.ok(await here.isChecked(), 'the browser is recommended');
  await visitor.fill({ statement: true });
  await shoot(visitor, 'collect', { fullPage: true });
  await visitor.page.locator('form[data-island=collect] button.btn-primary').click();
  await unlock(visitor);
  await visitor.page.getByText(words.primary).waitFor();
  await shoot(visitor, 'collected', { fullPage: true });
  const key = await backUpHere(visitor, file, verified.mailbox);
  await visitor.go(link);
  await visitor.fill({ code });
  await submit(visitor, '/download');
  await visitor.page.locator('#problems').waitFor();
  await arrive(visitor);
  return key;
}

/** Mail to the former certificate is opened by the former key, mail to the new one by the new. */
async function stillDecrypts(visitor) {
  await visitor.go('/settings/store');
  for (const file of ['first', 'second']) {
    referees.write('content.txt', CONTENT);
    referees.openssl(`cms -encrypt -aes-256-cbc -binary -outform DER -in content.txt -out ${file}.p7m ${file}.pem`);
    const message = referees.read(`${file}.p7m`).toString('base64');
    const read = await inStore(visitor, async (store, [password, message]) => {
      await store.ask('unlock', { password });
      const octets = Uint8Array.from(atob(message), (character) => character.charCodeAt(0));
      const { content } = await store.ask('decrypt', { message: new Blob([octets]), id: null });
      return content.text();
    }, [STORE_PASSWORD, message]);
    assert.equal(read, CONTENT);
  }
}

function readByOthers() {
  referees.openssl('cms -decrypt -inform DER -in first.p7m -recip first.pem -inkey first.key -out opened.txt');
  assert.equal(referees.read('opened.txt').toString(), CONTENT);
  if (!referees.has('pk12util')) {
    console.log('skipped: NSS (libnss3-tools) is not on this machine');
    return;
  }
  referees.run('mkdir', ['-p', 'nss']);
  referees.run('certutil', ['-N', '-d', 'sql:nss', '--empty-password']);
  referees.run('pk12util', ['-i', 'first.p12', '-d', 'sql:nss', '-w', 'file-password']);
  referees.run('pk12util', ['-i', 'second.p12', '-d', 'sql:nss', '-w', 'file-password']);
}

async function pending(visitor) {
  return inStore(visitor, (store) => store.ask('pendingKeys', {}));
}

/** Runs this with the store of the page's own script. */
async function inStore(visitor, act, given = null) {
  return visitor.page.evaluate(`(async () => {
    const address = document.querySelector('script[src*="/assets/store-"]').src;
    const { Store } = await import(address);
    const store = new Store();
    try {
      return await (${act})(store, ${JSON.stringify(given)});
    } finally {
      store.close();
    }
  })()`);
}
