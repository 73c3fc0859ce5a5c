// The whole way, as an applicant and an officer go it: from registration to mail that other programs read,
// and to a revocation that they notice.
//
//   node story.mjs '{"base":"http://127.0.0.1:8080","language":"en","folder":"/tmp/x","chancery":"target/debug/chancery"}'

import { join } from 'node:path';
import { clickIn, launch, mailTo, speak, Visitor } from './lib/browser.mjs';
import { Referees } from './lib/foreign.mjs';
import { pdf } from './lib/specimen.mjs';

const { base, language, folder, chancery } = JSON.parse(process.argv[2]);
const shots = join(folder, 'shots');
const referees = new Referees(folder, chancery);
const person = { name: 'Věra Malá', email: `vera.${language}.${Date.now()}@mala.test`, password: 'čtyři lišky nad Vltavou 7' };
const mailbox = `podatelna.${Date.now()}@mala.test`;
const words = {
  en: { broken: /line 3/i, correct: /Correct/, valid: /Valid\b/, revoked: /Revoked/, rejected: /older than 3 months/ },
  cs: { broken: /řád(ek|ku) 3|3\. řádk/i, correct: /V\spořádku|Správně/, valid: /platný/i, revoked: /zneplatněný/i, rejected: /starší než 3 měsíce/ },
}[language];

const organization = {
  'organization.name': 'Malá Energetika s.r.o.',
  'organization.country': 'CZ',
  'organization.street': 'Na Příkladě 5',
  'organization.postal_code': '602 00',
  'organization.locality': 'Brno',
  'organization.number_kind': 'cz-ico',
};

const browser = await launch();
try {
  const visitor = await Visitor.arrive(browser, base);
  await register(visitor);
  const order = await placeOrder(visitor);
  await submitData(visitor, order);
  await decide(order, { reason: language === 'cs' ? 'Výpis je starší než 3 měsíce.' : 'The extract is older than 3 months.' });
  await submitAgain(visitor, order);
  await decide(order);
  await confirmAddress(visitor, order);
  const certificate = await activate(visitor, order);
  await download(visitor, certificate);
  readMail();
  checkStatus(/: good/);
  await revoke(visitor, certificate);
  checkStatus(/: revoked/);
  referees.openssl('verify -crl_check -CAfile root.pem -untrusted chain.pem -CRLfile crls.pem cert.pem', {
    fails: true, says: /revoked/,
  });
  await visitor.leave();
} catch (error) {
  // What the browser showed when it went wrong says more than where.
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    await page.screenshot({ path: join(folder, `failed-${index}.png`), fullPage: true });
    console.error(`${page.url()}\n${await page.locator('body').innerText()}`);
  }
  throw error;
} finally {
  await browser.close();
}
console.log(`story told in ${language}`);

async function register(visitor) {
  await visitor.go('/');
  await speak(visitor, language);
  await visitor.shoot(shots, 'home');
  await visitor.go('/register');
  await visitor.fill({ full_name: '', email: 'nobody' });
  await visitor.submit('/register');
  await visitor.page.locator('#problems').waitFor();
  await visitor.fill({ full_name: person.name, email: person.email });
  await visitor.submit('/register');

  const [, code] = await mailTo(visitor, person.email, /\b((?:[A-Z0-9]{4}-){3,}[A-Z0-9]{4})\b/);
  await visitor.shoot(shots, 'mail-code');
  await visitor.go('/login');
  await visitor.fill({ login: person.email, secret: 'WRNG-WRNG-WRNG-WRNG' });
  await visitor.submit('/login');
  await visitor.page.locator('#problems').waitFor();
  await visitor.fill({ login: person.email, secret: code });
  await visitor.submit('/login');
  // The code opens nothing but its own replacement.
  await visitor.fill({ password: 'heslo', again: 'heslo' });
  await visitor.submit('/login/code');
  await visitor.page.locator('#problems').waitFor();
  await visitor.fill({ password: person.password, again: person.password });
  await visitor.submit('/login/code');
  await visitor.go('/dashboard');
  await visitor.sees(person.name);
}

async function placeOrder(visitor) {
  await visitor.go('/catalogue');
  await visitor.shoot(shots, 'catalogue');
  await visitor.go('/orders/new/smime-organization-365');
  await visitor.submit('/orders');
  const path = visitor.path();
  if (!/^\/orders\/[0-9a-f]{32}/.test(path)) throw new Error(`an order leads to ${path}`);
  return path.split('/').slice(0, 3).join('/');
}

async function submitData(visitor, order) {
  await visitor.go(`${order}/data`);
  await visitor.fill({ ...organization, 'organization.number': '99999993' });
  await visitor.submit(`${order}/data`);
  // The check digit is wrong: told, and nothing typed is lost.
  await visitor.page.locator('#problems').waitFor();
  await visitor.shoot(shots, 'data-wrong-number');
  const kept = await visitor.page.locator('[name="organization.name"]').inputValue();
  if (kept !== organization['organization.name']) throw new Error(`what was typed became ${kept}`);
  await visitor.fill({ 'organization.number': '99999994' });
  await visitor.submit(`${order}/data`);
  await visitor.shoot(shots, 'data-summary');
  await visitor.fill({ statement: true });
  await visitor.submit(`${order}/data/submit`);

  await visitor.go(`${order}/documents`);
  const document = await visitor.page.locator('main input[type=file]').first().getAttribute('name');
  await visitor.fill({ [document]: { path: referees.write('page.pdf', '<html><script>alert(1)</script></html>') } });
  await visitor.submit(`${order}/documents`);
  await visitor.page.locator('#problems').waitFor();
  await visitor.fill({ [document]: { path: referees.write('extract.pdf', pdf('Extract from the register')) } });
  await visitor.submit(`${order}/documents`);
  await visitor.go(order);
  await visitor.shoot(shots, 'order-waiting');
}

async function submitAgain(visitor, order) {
  await visitor.go(order);
  await visitor.sees(words.rejected);
  await visitor.go(`${order}/data`);
  await visitor.submit(`${order}/data`);
  await visitor.fill({ statement: true });
  await visitor.submit(`${order}/data/submit`);
}

/** As the officer: looks, then verifies, or rejects with a reason. */
async function decide(order, { reason } = {}) {
  const officer = await Visitor.arrive(browser, base);
  await clickIn(officer, 'Eva Svobodová');
  await speak(officer, language);
  await officer.go('/desk');
  await officer.shoot(shots, 'desk');
  const application = order.replace('/orders/', '/desk/orders/');
  await officer.go(application);
  await officer.sees(organization['organization.name'], person.name, 'extract.pdf');
  await officer.shoot(shots, 'application');
  if (reason) await officer.fill({ reason });
  const sign = reason ? '[name="reason"]' : '[name="decision"][value="verify"]';
  const form = officer.page.locator('form', { has: officer.page.locator(sign) });
  // The decision keeps its place over a document's preview while the window's size comes back from the picture: a click may miss it.
  await Promise.all([officer.page.waitForEvent('load'), form.evaluate((form) => form.requestSubmit())]);
  await officer.leave();
}

async function confirmAddress(visitor, order) {
  await visitor.go(`${order}/email`);
  await visitor.fill({ email: mailbox });
  await visitor.submit(`${order}/email`);
  const [link] = await mailTo(visitor, mailbox, /\/verify-email\/[0-9A-Za-z]+/);
  await visitor.go(link);
  // A link scanner that only looks spends nothing.
  await visitor.go(link);
  await visitor.shoot(shots, 'verify-email');
  await visitor.submit(link);
  await visitor.go(order);
}

async function activate(visitor, order) {
  const subject = language === 'cs' ? '/CN=podatelna' : '/C=CZ/CN=mailroom';
  referees.openssl(`req -new -newkey rsa:2048 -nodes -keyout key.pem -out request.pem -subj ${subject}`);
  const request = referees.read('request.pem').toString();
  const lines = request.split('\n');
  lines[2] = `${lines[2].slice(0, 20)}~${lines[2].slice(21)}`;
  const csr = visitor.page.locator('#csr');
  const verdict = visitor.page.locator('#csr-verdict');

  await visitor.go(`${order}/activation`);
  await visitor.page.locator('fieldset#key').waitFor();
  await visitor.page.locator('#key-elsewhere').check();
  await csr.fill(lines.join('\n'));
  await verdict.getByText(words.broken).waitFor();
  await visitor.shoot(shots, 'activation-broken', { fullPage: true });
  // The same without the live check.
  await visitor.submit(`${order}/activation`, '[value="check"]');
  await visitor.sees(words.broken);
  await csr.fill(request);
  await verdict.getByText(words.correct).waitFor();
  await visitor.sees(/2048/);
  await visitor.shoot(shots, 'activation', { fullPage: true });
  await visitor.follow(`main form[action="${order}/activation"] button.btn-primary`);

  await visitor.sees(organization['organization.name'], mailbox, 'NTRCZ-99999994');
  await visitor.shoot(shots, 'activation-summary', { fullPage: true });
  await visitor.submit(`${order}/activation/issue`);
  // Without the agreement nothing is issued.
  await visitor.page.locator('#problems').waitFor();
  await visitor.fill({ statement: true });
  await visitor.submit(`${order}/activation/issue`);

  await visitor.go('/certificates');
  await visitor.sees(words.valid);
  const path = await visitor.page.locator('main a[href^="/certificates/"]').first().getAttribute('href');
  return path;
}

async function download(visitor, certificate) {
  await visitor.go(certificate);
  await visitor.sees(organization['organization.name'], mailbox, words.valid);
  await visitor.shoot(shots, 'certificate', { fullPage: true });
  const files = {};
  for (const link of await visitor.page.locator(`main a[href^="${certificate}/"]`).all()) {
    const path = await link.getAttribute('href');
    const response = await visitor.context.request.get(base + path);
    if (/\.(pem|der|cer|crt|p7b|p7c)$/.test(path)) files[path.split('/').pop()] = await response.body();
  }
  const names = Object.keys(files);
  const one = (pattern) => {
    const name = names.find((candidate) => pattern.test(candidate));
    if (!name) throw new Error(`no ${pattern} among ${names}`);
    return files[name];
  };
  const pem = one(/^(?!chain).*\.(pem|crt)$/);
  referees.write('cert.pem', pem);
  referees.write('cert.der', one(/\.(der|cer)$/));
  referees.write('chain.p7b', one(/\.p7[bc]$/));
  referees.write('all.pem', one(/chain.*\.pem$/));
  referees.openssl('x509 -in cert.der -inform DER -out again.pem');
  referees.openssl('pkcs7 -in chain.p7b -inform DER -print_certs -out p7b.pem');
  // The root by its own door, as relying parties come by it.
  const blocks = (text) => text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n?/g) ?? [];
  const all = [...blocks(referees.read('p7b.pem').toString())];
  const text = (block) => referees.run('openssl', ['x509', '-noout', '-subject', '-issuer', '-nameopt', 'RFC2253'], { input: block });
  const selfSigned = (block) => {
    const [subject, issuer] = text(block).trim().split('\n').map((line) => line.replace(/^\w+=/, ''));
    return subject === issuer;
  };
  const authorities = all.filter((block) => /CA/.test(text(block).split('\n')[0]));
  referees.write('chain.pem', authorities.filter((block) => !selfSigned(block)).join(''));
  let root = authorities.filter(selfSigned).join('');
  if (!root) {
    const issuing = referees.run('openssl', ['x509', '-in', 'chain.pem', '-noout', '-ext', 'authorityInfoAccess']);
    const [, address] = /CA Issuers - URI:(\S+)/.exec(issuing);
    referees.write('root.der', await (await visitor.context.request.get(address)).body());
    referees.openssl('x509 -in root.der -inform DER -out root.pem');
  } else {
    referees.write('root.pem', root);
  }
  await fetchLists(visitor);
}

async function fetchLists(visitor) {
  let lists = '';
  for (const name of ['cert.pem', 'chain.pem']) {
    const points = referees.run('openssl', ['x509', '-in', name, '-noout', '-ext', 'crlDistributionPoints']);
    const [, address] = /URI:(\S+)/.exec(points);
    const answer = await visitor.context.request.get(address);
    if (answer.status() !== 200) throw new Error(`${address} answers ${answer.status()}`);
    referees.write('one.crl', await answer.body());
    lists += referees.run('openssl', ['crl', '-inform', 'DER', '-in', 'one.crl']);
  }
  referees.write('crls.pem', lists);
}

/** Signs, verifies, encrypts and decrypts a mail with OpenSSL and NSS. */
function readMail() {
  referees.openssl('verify -crl_check -CAfile root.pem -untrusted chain.pem -CRLfile crls.pem cert.pem', { says: /OK/ });
  referees.openssl('verify -purpose smimesign -CAfile root.pem -untrusted chain.pem cert.pem', { says: /OK/ });
  referees.openssl('verify -purpose smimeencrypt -CAfile root.pem -untrusted chain.pem cert.pem', { says: /OK/ });
  referees.write('mail.txt', 'Content-Type: text/plain; charset=utf-8\r\n\r\nDobrý den, posílám smlouvu.\r\n');
  referees.openssl(`cms -sign -in mail.txt -signer cert.pem -inkey key.pem -certfile chain.pem -out signed.eml -from ${mailbox} -to petr@example.com -subject Smlouva`);
  referees.openssl('cms -verify -in signed.eml -CAfile root.pem -purpose smimesign -out read.txt', { says: /successful/ });
  referees.openssl('cms -encrypt -aes-256-cbc -in signed.eml -out sealed.eml cert.pem');
  referees.openssl('cms -decrypt -in sealed.eml -recip cert.pem -inkey key.pem -out opened.eml');
  referees.openssl('cms -verify -in opened.eml -CAfile root.pem -out read.txt', { says: /successful/ });
  if (!referees.read('read.txt').toString().includes('Dobrý den')) throw new Error('the mail does not read as it was written');

  referees.write('password', 'tajné heslo\n');
  referees.run(chancery, ['p12', 'create', '--cert', 'cert.pem', '--key', 'key.pem', '--chain', 'all.pem',
    '--password-file', 'password', '--out', 'mail.p12']);
  referees.openssl('pkcs12 -in mail.p12 -passin file:password -nodes -out opened.pem');
  if (!referees.has('pk12util') || !referees.has('cmsutil')) {
    console.log('skipped: NSS (libnss3-tools) is not on this machine');
    return;
  }
  referees.run('mkdir', ['-p', 'nss']);
  referees.run('certutil', ['-N', '-d', 'sql:nss', '--empty-password']);
  referees.run('certutil', ['-A', '-d', 'sql:nss', '-n', 'root', '-t', 'CT,C,C', '-i', 'root.pem']);
  referees.run('pk12util', ['-i', 'mail.p12', '-d', 'sql:nss', '-w', 'password']);
  const listed = referees.run('certutil', ['-L', '-d', 'sql:nss']);
  const nickname = listed.split('\n').find((line) => /\bu,u,u\s*$/.test(line)).replace(/\s+u,u,u\s*$/, '');
  referees.openssl('cms -encrypt -aes-256-cbc -binary -outform DER -in mail.txt -out sealed.p7m cert.pem');
  const opened = referees.run('cmsutil', ['-D', '-d', 'sql:nss', '-i', 'sealed.p7m']);
  if (!opened.includes('posílám smlouvu')) throw new Error(`cmsutil reads:\n${opened}`);
  referees.run('cmsutil', ['-S', '-d', 'sql:nss', '-N', nickname, '-T', '-G', '-i', 'mail.txt', '-o', 'nss.p7s']);
  referees.openssl('cms -verify -binary -inform DER -in nss.p7s -content mail.txt -CAfile root.pem -certfile chain.pem -out read.txt', { says: /successful/ });
}

function checkStatus(verdict) {
  const address = referees.openssl('x509 -in cert.pem -noout -ocsp_uri').trim();
  for (const digest of ['-sha1', '-sha256']) {
    referees.openssl(`ocsp ${digest} -issuer chain.pem -cert cert.pem -url ${address} -CAfile root.pem -verify_other chain.pem`, { says: verdict });
  }
}

async function revoke(visitor, certificate) {
  await visitor.go(`${certificate}/revoke`);
  await visitor.shoot(shots, 'revoke', { fullPage: true });
  await visitor.fill({ reason: 'key-compromise' });
  await visitor.submit(`${certificate}/revoke`);
  if (visitor.path() !== certificate) {
    await visitor.submit(`${certificate}/revoke`);
  }
  await visitor.go(certificate);
  await visitor.sees(words.revoked);
  await visitor.shoot(shots, 'certificate-revoked', { fullPage: true });
  await fetchLists(visitor);
}
