// The page Certificates in local storage, on a real server: everything a person does there, with files of foreign programs in and backups that foreign
// programs judge out; in Chromium and in Firefox. All that is sent is recorded, and no secret is in it.
//
//   node settings.mjs '{"base":"http://127.0.0.1:8080","folder":"/tmp/x","browsers":["chromium","firefox"]}'
//
// `pictures` is a folder for what each state looks like.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './lib/axe.mjs';
import { launch, Visitor } from './lib/browser.mjs';
import { Referees } from './lib/foreign.mjs';
import { makeFiles } from './lib/keyfiles.mjs';
import { conclude } from './lib/looks.mjs';
import { octets, privateKey, text, Traffic } from './lib/traffic.mjs';
import { words } from './lib/words.mjs';

const { base, folder, browsers, pictures } = JSON.parse(process.argv[2]);
const referees = new Referees(folder);
const PASSWORD = 'čtyři lišky nad Vltavou 7';
const NEW_PASSWORD = 'pět lišek pod Petřínem 8';
const FILE_PASSWORD = 'záloha na později 9';
// Java's PKCS#12 takes no letters beyond ASCII in a password, whatever wrote the file.
const PLAIN_PASSWORD = 'zaloha na pozdeji 9';
const ADDRESS = '/settings/store';
const faults = [];

/** One visitor on the page of the store. */
class Person {
  static async arrive(browser, traffic, { language = 'en', looks = false, revoked } = {}) {
    const visitor = await Visitor.arrive(browser, base, { ...traffic.settings, locale: language === 'cs' ? 'cs-CZ' : 'en-GB', acceptDownloads: true });
    traffic.watch(visitor.context);
    if (revoked) await visitor.context.route(base + ADDRESS, (route) => revoking(route, revoked));
    await visitor.go(ADDRESS);
    const person = new Person();
    // Derivations take their time where several tests run.
    visitor.page.setDefaultTimeout(60_000);
    Object.assign(person, { visitor, page: visitor.page, language, looks, word: words(language), root: visitor.page.locator('[data-island="store"]') });
    await person.becomes('inactive');
    return person;
  }

  becomes(status) {
    return this.page.locator(`[data-island="store"][data-status="${status}"]`).waitFor({ timeout: 60_000 });
  }

  get dialog() {
    return this.page.locator('dialog[open]');
  }

  field(name, within = this.page) {
    return within.locator(`[name="${name}"]:visible`);
  }

  button(key, within = this.root) {
    return within.getByRole('button', { name: this.word(key), exact: true });
  }

  async type(fields, within = this.root) {
    for (const [name, value] of Object.entries(fields)) await this.field(name, within).fill(value);
  }

  async submit(within = this.root) {
    await within.locator('form button[type=submit]:visible').first().click();
  }

  /** What the page says of the last act. */
  async says(key, values) {
    await this.root.locator('.store-messages', { hasText: this.word(key, values) }).waitFor();
  }

  /** The complaint beside a field. */
  async complains(name, text, within = this.root) {
    const field = this.field(name, within);
    const beside = within.locator('.mb-3', { has: this.page.locator(`[name="${name}"]`) }).locator('.invalid-feedback');
    await beside.filter({ hasText: text }).waitFor();
    assert.equal(await field.getAttribute('aria-invalid'), 'true', name);
    const ids = (await field.getAttribute('aria-describedby')).split(' ');
    assert.ok(ids.includes(await beside.getAttribute('id')), 'the complaint is told with its field');
    assert.ok(await field.evaluate((element) => element === document.activeElement), `the focus is at ${name}`);
  }

  /** How the page looks now, in both themes and widths. */
  async look(name) {
    if (!this.looks) return;
    const { page } = this;
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > width) faults.push(`${this.language} ${name}: ${wide} px wide in a window of ${width} px`);
        const clipped = await page.evaluate(() => [...document.querySelectorAll('dialog[open], main')].some((one) => one.scrollWidth > one.clientWidth + 1));
        if (clipped) faults.push(`${this.language} ${name}: wider than its place at ${width} px`);
        if (pictures) await this.visitor.shoot(join(pictures, `${this.language}-${colorScheme}-${width}`), name, { fullPage: !(await this.dialog.count()) });
      }
      // What a theme changes is contrast.
      const found = await violations(page, colorScheme === 'light' ? undefined : ['color-contrast']);
      for (const one of found) faults.push(`${this.language} ${colorScheme} ${name}: ${one}`);
      if ((await page.content()).includes('⟦')) faults.push(`${this.language} ${name}: words are missing`);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  async setUp(password = PASSWORD) {
    await this.type({ 'new-password': password, 'password-again': password });
    await this.submit();
    await this.becomes('unlocked');
  }

  async unlock(password = PASSWORD) {
    await this.type({ password });
    await this.submit();
  }

  async choose(file, name = 'backup.p12') {
    await this.field('file').setInputFiles({ name, mimeType: 'application/x-pkcs12', buffer: file });
  }

  async import(file, password) {
    await this.choose(file);
    await this.type({ 'file-password': password });
    await this.submit();
  }

  rows() {
    return this.root.locator('.store-list tbody tr');
  }

  row(name) {
    return this.rows().filter({ has: this.page.getByRole('link', { name, exact: true }) });
  }

  async waitForRows(count) {
    await this.page.waitForFunction((count) => document.querySelectorAll('.store-list tbody tr').length === count, count);
  }
}

const files = makeFiles(referees);
const more = makeMore();
const opened = await Promise.all(browsers.map(open));
try {
  const idle = await Promise.all(opened.map(({ browser, traffic }) => leaveAlone(browser, traffic)));
  const tours = opened.filter(({ name }) => name === 'chromium').map(({ browser, traffic }) => inCzech(browser, traffic));
  await Promise.all([...opened.map((one) => wholeWay(one)), ...tours]);
  for (const check of idle) await check();
  for (const { traffic } of opened) nothingLeft(traffic);
} finally {
  for (const { browser, traffic } of opened) {
    await browser.close();
    await traffic.end();
  }
}
conclude(faults, 'the store was set up, filled, used and deleted');

async function open(name) {
  const downloads = join(folder, `${name}-downloads`);
  mkdirSync(downloads);
  return { name, downloads, browser: await launch('en', { name, downloads }), traffic: await Traffic.begin() };
}

/** The file that an act saves. */
async function saved(person, act) {
  const { page, downloads } = person;
  if (person.name === 'chromium') {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    const file = join(downloads, `${readdirSync(downloads).length}.p12`);
    await download.saveAs(file);
    return { name: download.suggestedFilename(), file };
  }
  const before = new Set(readdirSync(downloads));
  await act();
  for (let n = 0; n < 400; n += 1) {
    const [name] = readdirSync(downloads).filter((one) => !before.has(one) && !one.endsWith('.part'));
    if (name && statSync(join(downloads, name)).size > 0) return { name: name.replace(/\(\d+\)/, ''), file: join(downloads, name) };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nothing was saved');
}

/** Certificates enough for several pages of the list, and files that are refused. */
function makeMore() {
  const many = [];
  for (let n = 5; n <= 30; n += 1) {
    referees.openssl(`req -x509 -new -key p256.key.pem -subj /CN=Entry${n} -days ${n} -out entry.pem`);
    referees.openssl('pkcs12 -export -inkey p256.key.pem -in entry.pem -iter 1 -out entry.p12 -passout pass:x');
    many.push(referees.read('entry.p12'));
  }
  referees.openssl('pkcs12 -export -nokeys -in rsa2048.cert.pem -out nokey.p12 -passout pass:x');
  referees.openssl('req -x509 -new -key p256.key.pem -subj /CN=Old -days 1 -set_serial 77 -out old.pem');
  referees.openssl('pkcs12 -export -inkey p256.key.pem -in old.pem -out old.p12 -passout pass:x');
  return { many, noKey: referees.read('nokey.p12'), old: referees.read('old.p12') };
}

/** A store that nobody uses locks itself, and the page says so: begun first, looked at last. */
async function leaveAlone(browser, traffic) {
  const person = await Person.arrive(browser, traffic);
  await person.setUp();
  await person.field('idle').selectOption('1');
  await person.root.locator('.store-messages', { hasText: 'one minute' }).waitFor();
  return async () => {
    await person.page.locator('[data-island="store"][data-status="locked"]').waitFor({ timeout: 90_000 });
    await person.says('store-locked-idle');
    await person.visitor.leave();
  };
}

async function wholeWay({ browser, traffic, name, downloads }) {
  const person = await Person.arrive(browser, traffic, { looks: name === 'chromium' });
  Object.assign(person, { name, downloads });
  await setUp(person);
  await importAll(person);
  await refuse(person);
  await list(person);
  await details(person);
  await changePassword(person);
  await paging(person);
  await backUp(person);
  await lockAndUnlock(person);
  await remove(person);
  await deactivate(person);
  await forget(person);
  await person.visitor.leave();
}

async function setUp(person) {
  await person.look('inactive');
  for (const password of ['password1', 'short7!', 'qwertyuiop']) {
    await person.type({ 'new-password': password, 'password-again': password });
    await person.submit();
    await person.complains('new-password', person.word('problem-weakPassword'));
  }
  await person.look('weak-password');
  await person.type({ 'new-password': PASSWORD, 'password-again': `${PASSWORD}!` });
  await person.root.locator('.strength-words', { hasText: person.word('ui-strength-4') }).waitFor();
  await person.submit();
  await person.complains('password-again', person.word('store-password-differs'));
  await person.setUp();
  await person.says('store-setup-done');
  await person.look('empty');
}

/** Each file that the programs make; one of them by drop. */
async function importAll(person) {
  const { page, root } = person;
  let dropped = false;
  for (const { name, file, password } of files) {
    if (dropped) await person.choose(file);
    else {
      await root.locator('.drop-zone').evaluate((zone, base64) => {
        const octets = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([octets], 'dropped.p12'));
        for (const kind of ['dragenter', 'dragover', 'drop']) zone.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      }, file.toString('base64'));
      dropped = true;
    }
    await person.type({ 'file-password': password });
    await person.submit();
    const said = root.locator('.store-messages .alert-success', { hasText: `${name.split(' ')[0]}.` });
    await said.waitFor();
    // The next one is said by a new message.
    await root.locator('.store-messages').evaluate((messages) => messages.replaceChildren());
    assert.equal(await person.field('file-password').inputValue(), '', 'nothing typed stays');
  }
  await person.waitForRows(4);
  await page.locator('[data-island="store"][data-status="unlocked"]').waitFor();
}

/** Each refusal in its own words; nothing of it is kept. */
async function refuse(person) {
  const [{ file }] = files;
  const altered = Buffer.from(file);
  altered[altered.length - 70] ^= 1;
  await person.submit();
  await person.complains('file', person.word('store-import-no-file'));
  await person.import(file, 'wrong');
  await person.complains('file-password', person.word('store-import-wrong-password'));
  await person.look('wrong-file-password');
  for (const [what, octets, password, key] of [
    ['no key', more.noKey, 'x', 'problem-noKey'],
    ['a part', file.subarray(0, 900), 'secret 1', 'problem-damaged'],
    ['altered', altered, 'secret 1', 'problem-altered'],
    ['a text', Buffer.from('-----BEGIN CERTIFICATE-----\n'), 'x', 'problem-notPkcs12-text'],
    ['nothing', Buffer.alloc(0), 'x', 'problem-notPkcs12-empty'],
  ]) {
    await person.import(octets, password);
    const said = person.word(key, { detail: '§' }).split('§')[0];
    await person.complains('file', said).catch((error) => {
      throw new Error(`${what}: ${error.message}`);
    });
    assert.ok((await person.root.innerText()).includes(person.word('store-import-nothing')), what);
  }
  await person.waitForRows(4);
}

/** What stands in the list is what OpenSSL reads in the certificate. */
async function list(person) {
  const { page } = person;
  for (const key of ['rsa2048', 'p384']) {
    const certificate = new X509Certificate(referees.read(`${key}.cert.pem`));
    const row = person.row(key);
    const shown = await row.innerText();
    assert.ok(shown.includes('Authority'), key);
    assert.ok(shown.replaceAll(/\s/g, '').toUpperCase().includes(certificate.serialNumber), key);
    assert.ok(shown.includes(person.word('state-valid')), key);
    for (const at of [certificate.validFrom, certificate.validTo]) {
      const [, month, day, year] = /^(\w+) +(\d+) [\d:]+ (\d+)/.exec(at);
      assert.match(shown, new RegExp(`${day}\\u00a0${month}\\w*\\u00a0${year}`), key);
    }
  }
  assert.equal(await page.locator('.store-list .badge', { hasText: person.word('store-primary-yes') }).count(), 1);
  const other = person.row('p384');
  await other.getByRole('button', { name: `${person.word('store-make-primary')}: p384` }).click();
  await person.says('store-made-primary', { name: 'p384' });
  await person.row('p384').locator('.badge', { hasText: person.word('store-primary-yes') }).waitFor();
  assert.ok(await page.locator('.store-messages').evaluate((one) => one === document.activeElement), 'the focus goes to what was said');
  await person.look('list');
}

async function details(person) {
  const { page, root } = person;
  await person.row('rsa2048').getByRole('link', { name: person.word('store-details-of', { name: 'rsa2048' }) }).click();
  const heading = root.getByRole('heading', { name: 'rsa2048', exact: true });
  await heading.waitFor();
  assert.ok(await heading.evaluate((element) => element === document.activeElement), 'the heading is read next');
  const certificate = new X509Certificate(referees.read('rsa2048.cert.pem'));
  await root.locator('details summary').click();
  for (const [name, value] of [
    ['field-commonName', 'rsa2048'],
    ['field-publicKey', 'RSA 2048'],
    ['field-serialNumber', certificate.serialNumber],
    ['field-fingerprint-sha256', certificate.fingerprint256.replaceAll(':', '')],
  ]) {
    const field = root.locator('.field', { has: page.locator('dt', { hasText: person.word(name) }) }).first();
    assert.ok((await field.innerText()).replaceAll(/\s/g, '').toUpperCase().includes(value.replaceAll(' ', '').toUpperCase()), name);
    assert.ok((await field.innerText()).includes(person.word(name.replace('field', 'meaning'))), name);
    assert.ok((await field.locator('button[data-copy]').getAttribute('data-copy')).replaceAll(':', '').toUpperCase().includes(value.toUpperCase()), name);
  }
  await person.look('details');
  await root.getByRole('link', { name: person.word('store-back') }).click();
  await person.waitForRows(4);
  await page.goBack();
  await heading.waitFor();
  await page.goForward();
  await person.waitForRows(4);
  await person.becomes('unlocked');
}

async function paging(person) {
  const { root, page } = person;
  let count = 4;
  for (const file of more.many) {
    await person.import(file, 'x');
    count += 1;
    await page.locator('.store-list .paging', { hasText: `${count} entries` }).waitFor();
  }
  assert.equal(count, 30);
  await person.waitForRows(10);
  const where = root.locator('.store-list .paging');
  const seen = new Set();
  for (let at = 1; at <= 3; at += 1) {
    await where.filter({ hasText: `page ${at} of 3 · 30 entries` }).waitFor();
    for (const name of await person.rows().locator('td:first-child a').allInnerTexts()) seen.add(name);
    const [previous, next] = [person.button('store-previous'), person.button('store-next')];
    assert.deepEqual([await previous.isDisabled(), await next.isDisabled()], [at === 1, at === 3]);
    if (at < 3) await next.click();
  }
  assert.equal(seen.size, 30);
  // Those that end within 30 days say so.
  assert.ok((await person.rows().first().innerText()).includes(person.word('state-expiring')));
  await person.look('last-page');
  await person.button('store-previous').click();
  await person.button('store-previous').click();
}

async function changePassword(person) {
  const { dialog } = person;
  const opener = person.button('store-change');
  await opener.focus();
  await person.page.keyboard.press('Enter');
  await person.look('change-password');
  assert.ok(await person.field('password', dialog).evaluate((element) => element === document.activeElement));
  await person.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.ok(await opener.evaluate((element) => element === document.activeElement), 'the focus goes back');
  await opener.click();
  const fill = (password, next, again = next) => person.type({ password, 'new-password': next, 'password-again': again }, dialog);
  await fill('wrong', NEW_PASSWORD);
  await person.submit(dialog);
  await person.complains('password', person.word('problem-wrongPassword'), dialog);
  await fill(PASSWORD, 'heslo');
  await person.submit(dialog);
  await person.complains('new-password', person.word('problem-weakPassword'), dialog);
  await fill(PASSWORD, NEW_PASSWORD);
  await person.page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached', timeout: 60_000 });
  await person.says('store-change-done');
}

/** Backups in both forms; OpenSSL, NSS and Java open them, and the key is the one that went in. */
async function backUp(person) {
  const { dialog, root } = person;
  await person.row('p384').getByRole('link', { name: 'p384', exact: true }).click();
  for (const [profile, filePassword] of [['modern', FILE_PASSWORD], ['legacy', FILE_PASSWORD], ['modern', PLAIN_PASSWORD]]) {
    await person.button('store-export').click();
    await dialog.locator(`input[value="${profile}"]`).check();
    await person.type({ 'new-password': filePassword, 'password-again': filePassword, password: 'wrong' }, dialog);
    if (filePassword === PLAIN_PASSWORD) {
      await person.look('export');
      await person.submit(dialog);
      await person.complains('password', person.word('problem-wrongPassword'), dialog);
    }
    await person.type({ password: NEW_PASSWORD }, dialog);
    const { name, file } = await saved(person, () => person.submit(dialog));
    assert.equal(name, 'p384.p12');
    await person.says('store-export-done', { file: 'p384.p12' });
    opens(file, profile, filePassword);
  }
  await root.getByRole('link', { name: person.word('store-back') }).click();
  await person.waitForRows(10);
}

function opens(file, profile, password) {
  const printed = referees.run('openssl', [
    'pkcs12', '-in', file, '-passin', `pass:${password}`, '-nodes', ...(profile === 'legacy' ? ['-legacy'] : []),
  ]);
  assert.equal(printed.match(/BEGIN CERTIFICATE/g).length, 2, 'certificate and issuer');
  const key = referees.run('openssl', ['pkey', '-pubout'], { input: printed.slice(printed.indexOf('-----BEGIN PRIVATE'), printed.lastIndexOf('-----END PRIVATE') + 25) });
  assert.equal(key, referees.openssl('pkey -in p384.key.pem -pubout'));
  const database = `${file}.nss`;
  execFileSync('sh', ['-c', `mkdir "${database}" && certutil -N -d "sql:${database}" --empty-password`]);
  referees.run('pk12util', ['-i', file, '-d', `sql:${database}`, '-W', password, '-K', '']);
  if (password !== PLAIN_PASSWORD) return;
  const taken = ['-importkeystore', '-noprompt', '-srckeystore', file, '-srcstoretype', 'PKCS12', '-srcstorepass', password, '-destkeystore', `${file}.jks`, '-deststorepass', 'changeit'];
  referees.run('keytool', taken, { says: /1 entries successfully imported/ });
}

async function lockAndUnlock(person) {
  await person.button('store-lock').click();
  await person.becomes('locked');
  await person.says('store-locked-now');
  await person.look('locked');
  assert.equal(await person.rows().count(), 10, 'what is there is shown');
  // Two wrong ones cost nothing, the third a wait that is counted down; until then nothing is sent.
  const counted = person.root.locator('.store-door p', { hasText: /is looked at in/ }).waitFor();
  for (let n = 0; n < 3; n += 1) {
    await person.unlock('wrong');
    await person.complains('password', person.word('problem-wrongPassword'));
  }
  await counted;
  await person.root.locator('.store-door p[hidden]').waitFor({ state: 'attached' });
  await person.unlock(NEW_PASSWORD);
  await person.becomes('unlocked');
  // Another window of the same browser: locked by itself, and locking both.
  const other = await person.visitor.context.newPage();
  await other.goto(base + ADDRESS);
  await other.locator('[data-island="store"][data-status="locked"]').waitFor();
  await other.locator('[name="password"]').fill(NEW_PASSWORD);
  await other.keyboard.press('Enter');
  await other.locator('[data-island="store"][data-status="unlocked"]').waitFor();
  await other.getByRole('button', { name: person.word('store-lock') }).click();
  await person.becomes('locked');
  await other.close();
  await person.unlock(NEW_PASSWORD);
  await person.becomes('unlocked');
}

async function remove(person) {
  const { dialog, page } = person;
  const act = person.row('p384').getByRole('button', { name: `${person.word('store-remove')}: p384` });
  await act.click();
  assert.ok((await dialog.innerText()).includes(person.word('store-remove-primary')), 'it was the primary one');
  await person.look('remove');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await act.click();
  await person.submit(dialog);
  await person.says('store-removed', { name: 'p384' });
  await page.locator('.store-list .paging', { hasText: '29 entries' }).waitFor();
  assert.equal(await page.locator('.store-list .badge', { hasText: person.word('store-primary-yes') }).count(), 1, 'another takes its place');
}

async function deactivate(person) {
  const { dialog } = person;
  await person.button('store-deactivate').click();
  assert.match(await dialog.innerText(), /all 29 certificates/, 'it says what is lost');
  await person.look('deactivate');
  await person.type({ password: 'wrong' }, dialog);
  await person.submit(dialog);
  await person.complains('password', person.word('problem-wrongPassword'), dialog);
  await person.type({ password: NEW_PASSWORD }, dialog);
  await person.submit(dialog);
  await person.becomes('inactive');
  await person.says('store-deactivated');
}

async function forget(person) {
  const { dialog } = person;
  await person.setUp();
  await person.import(more.old, 'x');
  await person.waitForRows(1);
  await person.button('store-lock').click();
  await person.becomes('locked');
  await person.button('store-forgotten').click();
  assert.match(await dialog.innerText(), /One certificate and its key are deleted/, 'it says what is lost');
  await person.look('forgotten');
  await person.type({ word: 'yes' }, dialog);
  await person.submit(dialog);
  await person.complains('word', person.word('store-reset-confirm-wrong', { word: person.word('store-reset-word') }), dialog);
  await person.type({ word: person.word('store-reset-word') }, dialog);
  await person.submit(dialog);
  await person.becomes('inactive');
  await person.says('store-reset-done');
}

/** The page as the server would send it to somebody whose certificate of this fingerprint was revoked. */
async function revoking(route, fingerprint) {
  const answer = await route.fetch();
  const page = await answer.text();
  assert.ok(page.includes('data-revoked=""'));
  await route.fulfill({ response: answer, body: page.replace('data-revoked=""', `data-revoked="${fingerprint}"`) });
}

/** The states once more in the other language, with a certificate that was revoked. */
async function inCzech(browser, traffic) {
  const { fingerprint256 } = new X509Certificate(referees.read('rsa2048.cert.pem'));
  const person = await Person.arrive(browser, traffic, { language: 'cs', looks: true, revoked: fingerprint256.replaceAll(':', '').toLowerCase() });
  const { dialog, root } = person;
  await person.look('inactive');
  await person.type({ 'new-password': 'heslo123', 'password-again': 'heslo123' });
  await person.submit();
  await person.complains('new-password', person.word('problem-weakPassword'));
  await person.look('weak-password');
  await person.setUp();
  await person.look('empty');
  const [{ file, password }] = files;
  await person.import(file, 'wrong');
  await person.complains('file-password', person.word('store-import-wrong-password'));
  await person.look('wrong-file-password');
  await person.import(file, password);
  await person.waitForRows(1);
  await person.row('rsa2048').locator('.badge', { hasText: person.word('state-revoked') }).waitFor();
  await person.look('list');
  const opened = async (key, name, within = root) => {
    await person.button(key, within).click();
    await person.look(name);
    await person.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  };
  await opened('store-change', 'change-password');
  await opened('store-deactivate', 'deactivate');
  await root.getByRole('link', { name: 'rsa2048', exact: true }).click();
  await root.locator('details summary').click();
  await person.look('details');
  await opened('store-export', 'export');
  await opened('store-remove', 'remove');
  await root.getByRole('link', { name: person.word('store-back') }).click();
  await person.button('store-lock').click();
  await person.becomes('locked');
  await person.look('locked');
  await opened('store-forgotten', 'forgotten');
  await person.visitor.leave();
}

/** Pages and their assets were fetched, and nothing else was said to anybody. */
function nothingLeft(traffic) {
  for (const { kind, method, url, body } of traffic.sent) {
    assert.deepEqual([kind, method, body.length], ['request', 'GET', 0], url);
    assert.ok(url.startsWith(`${base}/`) || url.startsWith(base.replace('127.0.0.1', 'localhost')), `${url} is another site's`);
  }
  const keys = ['rsa2048', 'rsa4096', 'p256', 'p384'];
  traffic.demandNone([
    ...[PASSWORD, NEW_PASSWORD, FILE_PASSWORD, PLAIN_PASSWORD, 'secret 1'].flatMap((password) => text(`password ${password}`, password)),
    ...keys.flatMap((key) => privateKey(key, referees.read(`${key}.key.pem`))),
    ...keys.flatMap((key) => octets(`certificate ${key}`, new X509Certificate(referees.read(`${key}.cert.pem`)).raw)),
    ...files.filter(({ name }) => name.endsWith('default')).flatMap(({ name, file }) => octets(`file ${name}`, file)),
  ]);
}
