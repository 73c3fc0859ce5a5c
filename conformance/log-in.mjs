// Log-in with a certificate of the browser's store, against a real sandbox: a member of staff registers it, logs in with it in place of a second factor,
// confirms a sensitive act by a fresh signature, and is refused with the next step after it was revoked. All that is sent is recorded.
//
//   node log-in.mjs '{"base":"http://127.0.0.1:8080","folder":"/tmp/x","data":"/tmp/x/data","chancery":"target/debug/chancery"}'

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { clickIn, launch, speak, Visitor } from './lib/browser.mjs';
import { Referees } from './lib/foreign.mjs';
import { privateKey, text, Traffic } from './lib/traffic.mjs';
import { words } from './lib/words.mjs';

const { base, folder, data, chancery } = JSON.parse(process.argv[2]);
const referees = new Referees(folder, chancery);
const PASSWORD = 'čtyři lišky nad Vltavou 7';
const FILE_PASSWORD = 'záloha na později 9';
const OPERATOR = 'Oliver Grant';
const word = words('en');

/** A certificate of the sandbox's own authority, and a backup file of it. */
function issue() {
  referees.openssl('genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out own.key');
  referees.openssl('req -new -key own.key -subj /CN=x -out own.csr');
  const asked = ['--profile', 'smime-mailbox-multipurpose', '--email', 'operator@example.com', '--csr', 'own.csr', '--out', 'own.pem'];
  referees.run(chancery, ['cert', 'issue', '--data', data, ...asked]);
  referees.run('openssl', ['pkcs12', '-export', '-inkey', 'own.key', '-in', 'own.pem', '-out', 'own.p12', '-passout', `pass:${FILE_PASSWORD}`]);
  const printed = referees.openssl('x509 -in own.pem -noout -serial');
  return /serial=([0-9A-F]+)/.exec(printed)[1];
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
} finally {
  await browser.close();
  await traffic.end();
}
console.log('logged in by certificate');
