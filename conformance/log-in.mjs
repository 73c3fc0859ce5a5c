// Log-in with a certificate of the browser's store, against a real sandbox: a member of staff registers it, logs in with it in place of a second factor,
// confirms sensitive acts by a fresh signature (on the forms' own pages, where a chosen file stays), and is refused with the next step after it
// was revoked; and somebody whose password was typed long ago is asked for it, with scripts and without. All that is sent is recorded.
//
//   node log-in.mjs '{"base":"http://127.0.0.1:8080","folder":"/tmp/x","data":"/tmp/x/data","chancery":"target/debug/chancery"}'

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { clickIn, launch, mailTo, speak, Visitor } from './lib/browser.mjs';
import { Referees } from './lib/foreign.mjs';
import { privateKey, text, Traffic } from './lib/traffic.mjs';
import { words } from './lib/words.mjs';

const { base, folder, data, chancery } = JSON.parse(process.argv[2]);
const referees = new Referees(folder, chancery);
const PASSWORD = 'čtyři lišky nad Vltavou 7';
const FILE_PASSWORD = 'záloha na později 9';
const ACCOUNT_PASSWORD = 'velbloud-pod-okapem-7';
const OPERATOR = 'Oliver Grant';
const OPERATOR_ADDRESS = 'operator@example.com';
const word = words('en');

/** A certificate of the sandbox's own authority. */
function certificate(name, address) {
  referees.openssl(`genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ${name}.key`);
  referees.openssl(`req -new -key ${name}.key -subj /CN=x -out ${name}.csr`);
  const asked = ['--profile', 'smime-mailbox-multipurpose', '--email', address, '--csr', `${name}.csr`, '--out', `${name}.pem`];
  referees.run(chancery, ['cert', 'issue', '--data', data, ...asked]);
}

/** One to log in with and its backup file, and an authority of somebody else's. */
function issue() {
  certificate('own', OPERATOR_ADDRESS);
  referees.run('openssl', ['pkcs12', '-export', '-inkey', 'own.key', '-in', 'own.pem', '-out', 'own.p12', '-passout', `pass:${FILE_PASSWORD}`]);
  referees.openssl('req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout foreign.key -out foreign.pem -days 3650 -subj /O=Elsewhere/CN=Elsewhere-CA -addext keyUsage=critical,keyCertSign,cRLSign');
  const printed = referees.openssl('x509 -in own.pem -noout -serial');
  return /serial=([0-9A-F]+)/.exec(printed)[1];
}

/** Lets the minutes pass in which a password counts as just proved. */
function age() {
  const code = 'import sqlite3, sys; base = sqlite3.connect(sys.argv[1], timeout=30); base.execute("update register_sessions set proved_at = 0"); base.commit()';
  execFileSync('python3', ['-c', code, join(data, 'chancery.db')]);
}

/** Sets the store up with the backup file. */
async function fillStore(visitor) {
  const { page } = visitor;
  await visitor.go('/settings/store');
  const script = await page.locator('script[src*="/store-"]').getAttribute('src');
  const octets = referees.read('own.p12').toString('base64');
  await page.evaluate(async ([address, octets, password, filePassword]) => {
    const { Store } = await import(address);
    const store = new Store();
    await store.ask('activate', { password, words: [] });
    const file = new Blob([Uint8Array.from(atob(octets), (character) => character.charCodeAt(0))]);
    await store.ask('import', { file, password: filePassword });
  }, [script, octets, PASSWORD, FILE_PASSWORD]);
}

/** Answers the dialog that asks for the certificate and the store's password. */
async function sign(visitor) {
  const dialog = visitor.page.locator('dialog[open]');
  await dialog.locator('input[name=password]').fill(PASSWORD);
  await Promise.all([visitor.page.waitForEvent('load'), dialog.locator('button[type=submit]').click()]);
}

async function register(visitor) {
  const path = '/settings/registered/new';
  await visitor.go(path);
  await visitor.fill({ file: { path: join(folder, 'own.pem') } });
  await visitor.page.locator(`main form[action="${path}"] button.btn-primary`).click();
  await sign(visitor);
  assert.match(visitor.path(), /^\/settings\/registered\/[0-9a-f]{32}$/);
}

async function logOut(visitor) {
  await visitor.page.context().clearCookies();
  await visitor.go('/');
  await speak(visitor, 'en');
}

async function logIn(visitor, path = '/login') {
  await visitor.go(path);
  await visitor.page.getByRole('button', { name: word('proof-log-in'), exact: true }).click();
  await sign(visitor);
}

/** Whoever found the session open, without the key, revokes nothing; who has it, does. */
async function confirmRevocation(visitor) {
  const { page } = visitor;
  await visitor.go('/desk/certificates?state=valid');
  const others = page.locator('main tbody tr').filter({ hasNotText: 'operator@example.com' });
  await Promise.all([page.waitForEvent('load'), others.locator('a').first().click()]);
  const address = `${visitor.path()}/revoke`;
  await visitor.go(address);
  await visitor.fill({ reason: 'superseded' });
  await visitor.submit(address);
  const form = page.locator(`main form[action="${address}"]`);
  // Without the proof the form leads to the page that asks for one.
  const status = await form.evaluate(async (form) => (await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) })).status);
  assert.equal(status, 403);
  await form.locator('button.btn-danger').click();
  await sign(visitor);
  await visitor.sees(/Revoked/i);
}

/** The form as it stands is sent, and its page asks for the signature: a chosen file is still chosen then. */
async function confirmed(visitor, path, action, fields) {
  await visitor.go(path);
  await visitor.fill(fields);
  await visitor.page.locator(`main form[action="${action}"] button[type=submit]`).first().click();
  await sign(visitor);
}

const NEW = '/settings/registered/new';

async function makesWhatLasts(visitor, officer) {
  // Not before: a certificate of those that were there was revoked.
  certificate('second', 'second@example.com');
  certificate('third', 'third@example.com');
  await confirmed(visitor, NEW, NEW, { file: { path: join(folder, 'second.pem') } });
  await visitor.sees(word('notice-certificate-registered'), 'second@example.com');

  const supported = '/authorities/supported/new';
  await confirmed(visitor, supported, supported, { file: { path: join(folder, 'foreign.pem') } });
  await visitor.sees(word('notice-authority-added'), 'Elsewhere-CA');

  await officer.go('/desk/participants');
  const offered = officer.page.locator('main .rows li').first();
  await offered.locator('summary').click();
  await offered.locator('input[name=who]').fill('oliver@chancery.test');
  await Promise.all([officer.page.waitForEvent('load'), offered.locator('button[type=submit]').click()]);
  await visitor.go('/participants');
  await visitor.follow('main .rows a.btn-primary');
  const participant = visitor.path();
  await confirmed(visitor, participant, `${participant}/join`, {});
  await visitor.sees(word('notice-participant-joined'));
  await confirmed(visitor, participant, `${participant}/asked`, { who: 'somebody@example.com' });
  await visitor.sees(word('notice-member-asked'), 'somebody@example.com');
}

/** Opens an account at the front door and chooses a password. */
async function arrives(visitor, officer, address) {
  await visitor.go('/register');
  await speak(visitor, 'en');
  await visitor.fill({ full_name: 'Karel Nový', email: address });
  await visitor.submit('/register');
  const [code] = await mailTo(officer, address, /[A-Z0-9]{4}(-[A-Z0-9]{4}){3}/);
  await visitor.go('/login');
  await visitor.fill({ login: address, secret: code });
  await visitor.submit('/login');
  await visitor.fill({ password: ACCOUNT_PASSWORD, again: ACCOUNT_PASSWORD });
  await visitor.submit('/login/code');
}

/** A password of long ago is asked for where the file was chosen; without scripts on a page from which the file goes on. */
async function provesThePasswordAgain(browser, officer) {
  const karel = await Visitor.arrive(browser, base);
  await arrives(karel, officer, 'karel@example.com');
  age();
  await karel.go(NEW);
  await karel.fill({ file: { path: join(folder, 'second.pem') } });
  await karel.page.locator(`main form[action="${NEW}"] button.btn-primary`).click();
  const dialog = karel.page.locator('dialog[open]');
  const submit = dialog.locator('button[type=submit]');
  await dialog.locator('input[name=confirm-password]').fill('krava-za-vodou-21-mek');
  await submit.click();
  await dialog.getByText(word('password-wrong-current')).waitFor();
  await dialog.locator('input[name=confirm-password]').fill(ACCOUNT_PASSWORD);
  await Promise.all([karel.page.waitForEvent('load'), submit.click()]);
  await karel.sees(word('notice-certificate-registered'));

  age();
  const bare = await Visitor.arrive(browser, base, { javaScriptEnabled: false, storageState: await karel.context.storageState() });
  await bare.go(NEW);
  await bare.fill({ file: { path: join(folder, 'third.pem') } });
  await bare.submit(NEW);
  await bare.sees(word('confirm-password-title'), word('confirm-act-register'), word('confirm-goes-on'));
  await bare.fill({ 'confirm-password': ACCOUNT_PASSWORD });
  await bare.submit(NEW);
  await bare.sees(word('notice-certificate-registered'), 'third@example.com');
  await bare.leave();
  await karel.leave();
}

const serial = issue();
const traffic = await Traffic.begin();
const browser = await launch();
try {
  const visitor = await Visitor.arrive(browser, base, traffic.settings);
  traffic.watch(visitor.context);
  visitor.page.setDefaultTimeout(40_000);
  await visitor.go('/login');
  await speak(visitor, 'en');
  // Nothing to log in with yet: the page says how to get there.
  await visitor.page.getByText(word('proof-no-certificate')).waitFor();
  await clickIn(visitor, OPERATOR);
  await fillStore(visitor);

  await logOut(visitor);
  await logIn(visitor);
  await visitor.sees(word('certificate-log-in-unregistered-title'));

  await clickIn(visitor, OPERATOR);
  await register(visitor);
  await logOut(visitor);
  await logIn(visitor, '/login?next=/desk/certificates');
  assert.equal(visitor.path(), '/desk/certificates');
  await confirmRevocation(visitor);
  const officer = await Visitor.arrive(browser, base);
  await clickIn(officer, 'Tomáš Beneš');
  await makesWhatLasts(visitor, officer);
  await provesThePasswordAgain(browser, officer);
  await officer.leave();

  referees.run(chancery, ['cert', 'revoke', '--data', data, '--serial', serial, '--reason', 'keyCompromise']);
  await logOut(visitor);
  await logIn(visitor);
  assert.equal(visitor.path(), '/login/certificate');
  await visitor.sees(word('certificate-log-in-revoked-title'), word('certificate-log-in-order'));

  traffic.demandNone([
    ...text('the password of the store', PASSWORD),
    ...text('the password of the file', FILE_PASSWORD),
    ...privateKey('the key', referees.read('own.key')),
  ]);
  await visitor.leave();
} catch (error) {
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    console.error(`${page.url()}\n${await page.locator('main').innerText().catch(() => '')}`);
  }
  throw error;
} finally {
  await browser.close();
  await traffic.end();
}
console.log('logged in by certificate');
