// Log-in and proof of possession by a certificate that the browser shows in the TLS handshake, against a real server with a listener of its own for
// that: somebody registers a certificate, proves that they hold its key, logs in with it and confirms a sensitive act, and is told the next
// step without a certificate, with a stranger's and with a revoked one.
//
//   node handshake.mjs '{"base":"https://localhost:8443","asking":"https://localhost:8444","browser":"chromium","folder":"/tmp/x","data":"/tmp/x/d","chancery":"target/debug/chancery","link":"https://localhost:8443/invitation/…"}'
//
// Without `link` it is a sandbox, where one click logs in.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { clickIn, launch, speak, Visitor } from './lib/browser.mjs';
import { Referees } from './lib/foreign.mjs';
import { totp } from './lib/totp.mjs';
import { words } from './lib/words.mjs';

const { base, asking, browser: name, folder, data, chancery, link } = JSON.parse(process.argv[2]);
const referees = new Referees(folder, chancery);
const word = words('en');
const shots = join(folder, 'shots');
const PASSWORD = 'sedm modrých kachen na rybníce';
let secret;
const NAME = link ? 'Eva Nová' : 'Jana Nováková';

function makeCertificates() {
  referees.openssl('genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out own.key');
  referees.openssl('req -new -key own.key -subj /CN=x -out own.csr');
  const asked = ['--profile', 'smime-mailbox-multipurpose', '--email', 'card@example.org', '--csr', 'own.csr', '--out', 'own.pem'];
  referees.run(chancery, ['cert', 'issue', '--data', data, ...asked]);
  referees.openssl('req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -subj /CN=Nobody -days 30');
}

/** A browser window whose handshakes show this certificate where they are asked to. */
async function arrive(browser, certificate) {
  const at = (end) => join(folder, `${certificate}.${end}`);
  const shown = { origin: asking, certPath: at('pem'), keyPath: at('key') };
  const visitor = await Visitor.arrive(browser, base, certificate ? { clientCertificates: [shown] } : {});
  await visitor.go('/login');
  await speak(visitor, 'en');
  return visitor;
}

/** From the portal's log-in page to the other origin, and there by its button. */
async function logIn(visitor, path = '/login') {
  await visitor.go(path);
  await visitor.follow(`main a[href^="${asking}/login/tls"]`);
  assert.equal(new URL(visitor.page.url()).origin, asking);
  await visitor.submit('/login/tls');
}

/** Refused on the page of the handshake; the link leads back to the portal. */
async function isTold(visitor, title) {
  assert.equal(new URL(visitor.page.url()).origin, asking);
  await visitor.sees(title);
  const back = visitor.page.locator('main a').last();
  assert.ok((await back.getAttribute('href')).startsWith(base));
}

/** Logged in without a certificate, for the first time: in production somebody of the staff, with two factors. */
async function enter(visitor) {
  if (!link) return clickIn(visitor, NAME);
  await visitor.go(link);
  await visitor.fill({ full_name: NAME, password: PASSWORD, again: PASSWORD });
  await visitor.submit(new URL(link).pathname);
  await visitor.go('/login/totp/enrol');
  secret = (await visitor.page.locator('main code').first().innerText()).replace(/\s/g, '');
  await visitor.fill({ code: totp(secret, Date.now()) });
  await visitor.submit('/login/totp/enrol');
}

async function enterAgain(visitor) {
  if (!link) return clickIn(visitor, NAME);
  await visitor.go('/login');
  await visitor.fill({ login: 'eva@example.com', secret: PASSWORD });
  await visitor.submit('/login');
  await visitor.fill({ code: totp(secret, Date.now() + 30_000) });
  await visitor.submit('/login/totp');
}

async function register(visitor) {
  const path = '/settings/registered/new';
  await visitor.go(path);
  await visitor.fill({ file: { path: join(folder, 'own.pem') } });
  await visitor.submit(path);
  assert.match(visitor.path(), /^\/settings\/registered\/[0-9a-f]{32}$/);
  return visitor.path();
}

/** From the certificate's page to the other origin, which says whose account it is, and back. */
async function prove(visitor, path) {
  await visitor.go(path);
  await visitor.submit(`${path}/handshake`);
  assert.equal(new URL(visitor.page.url()).origin, asking);
  await visitor.sees(NAME, 'card@example.org', word('tls-proof-means'));
  await shoot(visitor, 'proof');
  await visitor.submit('/login/tls/proof');
  assert.equal(visitor.page.url(), base + path);
  await visitor.sees(/that you hold its key/);
}

/** A sensitive act asks for a fresh handshake, on the other origin, and then goes on here. */
async function confirm(visitor, path) {
  const address = `${path}/remove`;
  await visitor.go(address);
  await visitor.submit(address);
  await visitor.follow(`main a[href^="${asking}/login/tls/confirm"]`);
  assert.equal(new URL(visitor.page.url()).origin, asking);
  await visitor.submit('/login/tls/confirm');
  assert.equal(visitor.page.url(), base + address);
  await visitor.sees(word('notice-confirmed'));
}

/** For whoever wants to look. Firefox tells of the styles that pictures are taken with. */
async function shoot(visitor, title) {
  if (name === 'chromium') await visitor.shoot(shots, title, { fullPage: true });
}

async function forget(visitor) {
  await visitor.context.clearCookies();
  await visitor.go('/login');
  await speak(visitor, 'en');
}

makeCertificates();
const browser = await launch('en', { name });
try {
  const nobody = await arrive(browser, null);
  await nobody.go('/login');
  await nobody.follow(`main a[href^="${asking}/login/tls"]`);
  await isTold(nobody, word('tls-none-title'));
  await shoot(nobody, 'none');
  await nobody.leave();

  const stranger = await arrive(browser, 'other');
  await logIn(stranger);
  await isTold(stranger, word('certificate-log-in-unsupported-title'));
  await stranger.leave();

  const visitor = await arrive(browser, 'own');
  await logIn(visitor);
  await isTold(visitor, word('certificate-log-in-unregistered-title'));
  await enter(visitor);
  await speak(visitor, 'en');
  const path = await register(visitor);
  await forget(visitor);
  await logIn(visitor);
  await isTold(visitor, word('certificate-log-in-not-proved-title'));
  await shoot(visitor, 'not-proved');
  await forget(visitor);
  await enterAgain(visitor);
  await speak(visitor, 'en');
  await prove(visitor, path);

  await forget(visitor);
  await logIn(visitor, '/login?next=/profile');
  assert.equal(visitor.page.url(), `${base}/profile`);
  await visitor.sees(NAME);
  await confirm(visitor, path);

  const printed = referees.openssl('x509 -in own.pem -noout -serial');
  const serial = /serial=([0-9A-F]+)/.exec(printed)[1];
  referees.run(chancery, ['cert', 'revoke', '--data', data, '--serial', serial, '--reason', 'keyCompromise']);
  await forget(visitor);
  await logIn(visitor);
  await isTold(visitor, word('certificate-log-in-revoked-title'));
  await visitor.leave();
} finally {
  await browser.close();
}
console.log(`logged in by handshakes of ${name}`);
