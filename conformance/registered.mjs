// The register of certificates in a real browser, against a real sandbox: certificates that OpenSSL made under an authority of its own, registered
// by oneself with proof and without, by an authorised person for a member, refused ones, the directory, and removal.
// node registered.mjs '{"base": "http://127.0.0.1:1234", "folder": "/tmp/x"}'

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clickIn, launch, mailTo, speak, Visitor } from './lib/browser.mjs';
import { privateKey, text, Traffic } from './lib/traffic.mjs';

const { base, folder } = JSON.parse(process.argv[2]);
const PASSWORD = 'velbloud-pod-okapem-7';
const FILE_PASSWORD = 'kobyla-na-mezi-13-hop';

const file = (name) => join(folder, name);
function openssl(...words) {
  return execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}

/** An authority and certificates as other programs make them. */
function makeCertificates() {
  writeFileSync(file('extensions'), `
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[signing]
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth, emailProtection
[encryption]
keyUsage = critical, keyEncipherment
extendedKeyUsage = emailProtection
[server]
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
`);
  const key = (name) => openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key.pem`);
  const authority = (name, subject) => {
    key(name);
    openssl('req', '-x509', '-new', '-key', `${name}.key.pem`, '-subj', subject, '-days', '3650', '-config', 'none.cnf', '-extensions', 'authority', '-out', `${name}.pem`);
  };
  writeFileSync(file('none.cnf'), `[req]\ndistinguished_name = name\n[name]\n${readFileSync(file('extensions'), 'utf8')}`);
  const leaf = (name, subject, section, { issuer = 'foreign', days = ['-days', '365'], rsa = false } = {}) => {
    if (rsa) openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', `${name}.key.pem`);
    else key(name);
    openssl('req', '-new', '-key', `${name}.key.pem`, '-subj', subject, '-config', 'none.cnf', '-out', `${name}.csr`);
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key.pem`, '-CAcreateserial', ...days, '-extfile', 'extensions', '-extensions', section, '-out', `${name}.pem`);
  };
  authority('foreign', '/C=DE/O=Elsewhere Trust/CN=Elsewhere Public CA 3');
  authority('stranger', '/O=Nobody/CN=Unknown CA');
  leaf('jana', '/C=CZ/CN=Jana at Elsewhere', 'signing');
  leaf('jana-mail', '/C=CZ/CN=Jana mail', 'encryption', { rsa: true });
  leaf('piotr', '/C=PL/CN=Piotr company card', 'signing');
  leaf('server', '/CN=server.example', 'server');
  leaf('unknown', '/CN=Unknown', 'signing', { issuer: 'stranger' });
  leaf('expired', '/CN=Expired', 'signing', { days: ['-days', '-1'] });
  openssl('pkcs12', '-export', '-inkey', 'jana.key.pem', '-in', 'jana.pem', '-certfile', 'foreign.pem', '-out', 'jana.p12', '-passout', `pass:${FILE_PASSWORD}`);
  openssl('crl2pkcs7', '-nocrl', '-certfile', 'jana-mail.pem', '-certfile', 'foreign.pem', '-outform', 'DER', '-out', 'jana-mail.p7b');
  openssl('x509', '-in', 'jana.pem', '-outform', 'DER', '-out', 'jana.cer');
}

/** Registers a file at a form and gives what the page says then. */
async function register(visitor, path, fields) {
  await visitor.go(path);
  if (fields.pem) await visitor.page.locator('main details summary').first().click();
  await visitor.fill(fields);
  await visitor.submit(path);
  return visitor.text();
}

const NEW = '/settings/registered/new';

async function strangersSeeTheListAlone(browser) {
  const stranger = await Visitor.arrive(browser, base);
  await stranger.go('/authorities/supported');
  await speak(stranger, 'en');
  await stranger.sees('Supported authorities', 'Authority of this environment');
  assert.equal(await stranger.page.locator('main a[href$="/remove"]').count(), 0);
  for (const path of ['/directory', '/settings/registered', '/participants']) {
    await stranger.go(path);
    assert.equal(stranger.path(), '/login', path);
  }
  await stranger.leave();
}

async function supportsTheAuthority(oliver) {
  await oliver.go('/authorities/supported/new');
  await oliver.fill({ file: { path: file('jana.pem') } });
  await oliver.submit('/authorities/supported/new');
  await oliver.sees('This is no authority’s certificate'.replace('’', "'"));
  await oliver.go('/authorities/supported/new');
  await oliver.fill({ file: { path: file('foreign.pem') } });
  await oliver.submit('/authorities/supported/new');
  assert.equal(oliver.path(), '/authorities/supported');
  await oliver.sees('The authority is supported.', 'Elsewhere Public CA 3', 'External authority');
}

async function refusesWhatIsNotWanted(jana) {
  const refused = [
    [{ file: { path: file('jana.p12') } }, /carries a private key/],
    [{ file: { path: file('unknown.pem') } }, /CN=Unknown CA.*no authority that is supported/s],
    [{ file: { path: file('expired.pem') } }, /expired/],
    [{ file: { path: file('foreign.pem') } }, /only certificates of authorities/],
    [{ file: { path: file('server.pem') } }, /made for something else/],
    [{ file: { path: file('extensions') } }, /damaged or is no certificate/],
    [{ file: { path: file('jana-mail.pem') }, uses: 'signing' }, /does not allow this/],
    [{ pem: readFileSync(file('server.key.pem'), 'utf8') }, /carries a private key/],
    [{}, /is empty/],
  ];
  for (const [fields, pattern] of refused) {
    const said = await register(jana, NEW, fields);
    assert.match(said, pattern);
    assert.equal(await jana.page.locator('textarea[name=pem]').inputValue().then((value) => value.includes('PRIVATE KEY')), false);
  }
  await jana.go('/settings/registered');
  await jana.sees('No certificate is registered');
}

/** Puts Jana's key into the store of her browser. */
async function importsTheKey(jana) {
  await jana.go('/settings/store');
  const script = await jana.page.locator('script[src*="/store-"]').getAttribute('src');
  await jana.page.evaluate(async ([address, octets, password, filePassword]) => {
    const { Store } = await import(address);
    const store = new Store();
    await store.ask('activate', { password, words: [] });
    const file = new Blob([Uint8Array.from(atob(octets), (character) => character.charCodeAt(0))]);
    await store.ask('import', { file, password: filePassword });
  }, [script, readFileSync(file('jana.p12')).toString('base64'), PASSWORD, FILE_PASSWORD]);
}

async function registersWithProof(jana) {
  await jana.go(NEW);
  await jana.fill({ file: { path: file('jana.cer') } });
  await jana.page.locator(`main form[action="${NEW}"] button.btn-primary`).click();
  await jana.page.locator('dialog input[name=password]').fill(PASSWORD);
  await Promise.all([jana.page.waitForURL(/\/settings\/registered\/[0-9a-f]{32}$/), jana.page.locator('dialog button[type=submit]').click()]);
  await jana.sees('The certificate is registered.', 'Jana at Elsewhere', 'You proved', 'Elsewhere Public CA 3');
  return jana.path();
}

async function provesLater(jana, path) {
  await jana.go(path);
  await jana.sees('So far it is only said');
  await jana.page.locator('[data-island=possession] button').click();
  await jana.page.locator('dialog input[name=password]').fill(PASSWORD);
  await Promise.all([jana.page.waitForEvent('load'), jana.page.locator('dialog button[type=submit]').click()]);
  await jana.sees('You proved that you hold the key.');
}

makeCertificates();
const browser = await launch('en');
try {
  await theWholeWay();
} catch (error) {
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    console.error(`${page.url()}\n${await page.locator('main').innerText().catch(() => '')}`);
  }
  throw error;
} finally {
  await browser.close();
}

async function theWholeWay() {
  const traffic = await Traffic.begin();
  await strangersSeeTheListAlone(browser);
  const people = {};
  for (const [who, name] of Object.entries({
    jana: 'Jana Nováková', piotr: 'Piotr Kowalski', elena: 'Elena Ivanova', tomas: 'Tomáš Beneš', oliver: 'Oliver Grant',
  })) {
    people[who] = await Visitor.arrive(browser, base, traffic.settings);
    traffic.watch(people[who].context);
    await clickIn(people[who], name);
    await speak(people[who], 'en');
  }
  const { jana, piotr, elena, tomas, oliver } = people;

  // Nobody is asked for an authority's certificate before it is supported.
  assert.match(await register(jana, NEW, { file: { path: file('jana.cer') } }), /no authority that is supported/);
  await supportsTheAuthority(oliver);
  await refusesWhatIsNotWanted(jana);

  // Elena hands in what is not hers; whoever has the key takes it.
  assert.match(await register(elena, NEW, { pem: readFileSync(file('jana.pem'), 'utf8') }), /The certificate is registered/);
  assert.match(await register(jana, NEW, { file: { path: file('jana.cer') } }), /The certificate is registered/);
  const said = jana.path();
  await importsTheKey(jana);
  await provesLater(jana, said);
  await elena.go('/settings/registered');
  await elena.sees('No certificate is registered');
  assert.match(await register(elena, NEW, { pem: readFileSync(file('jana.pem'), 'utf8') }), /Another account registered this certificate/);
  await mailTo(piotr, 'elena.ivanova@vitosha.test', /proved .* that they hold the key|prokázal/s);
  await jana.follow('main a[href$="/remove"]');
  await jana.submit(jana.path());
  await jana.sees('The certificate is removed');
  const proved = await registersWithProof(jana);
  assert.match(await register(jana, NEW, { file: { path: file('jana-mail.p7b') } }), /The certificate is registered/);
  const encryption = jana.path();
  await jana.go('/settings/registered');
  await jana.sees('Pair 1', 'Log-in and signatures', 'Encryption', 'You have 1 of 4 pairs');

  // The directory has it once she agrees, and for who is logged in.
  const lookUp = async (who) => {
    await piotr.go(`/directory?q=${encodeURIComponent(who)}`);
    return piotr.text();
  };
  assert.match(await lookUp('jana.novakova@elektra.test'), /Nobody was found/);
  await jana.go(encryption);
  await jana.submit(`${encryption}/listed`);
  await jana.sees('The certificate is in the directory.');
  assert.match(await lookUp('jana.novakova@elektra.test'), /Jana mail/);
  assert.match(await lookUp('nováková'), /jana\.novakova@elektra\.test/);
  assert.match(await lookUp('jn'), /at least 3 letters/);
  const download = await piotr.page.goto(`${base}/directory?q=nov%C3%A1kov%C3%A1`).then(() => piotr.page.locator('main a[href$="certificate.pem"]').getAttribute('href'));
  const pem = await piotr.context.request.get(base + download);
  writeFileSync(file('downloaded.pem'), await pem.body());
  const print = (name) => openssl('x509', '-in', name, '-noout', '-fingerprint', '-sha256');
  assert.equal(print('downloaded.pem'), print('jana-mail.pem'));

  // An organisation comes in by the registration authority; its authorised person looks after a member.
  await tomas.go('/desk/participants');
  const offered = tomas.page.locator('main .rows li').first();
  const organization = await offered.locator('strong').innerText();
  await offered.locator('summary').click();
  await offered.locator('input[name=who]').fill('jana.novakova@elektra.test');
  await Promise.all([tomas.page.waitForEvent('load'), offered.locator('button[type=submit]').click()]);
  await tomas.sees('The request is sent.', organization);
  await jana.go('/participants');
  await jana.follow('main .rows a.btn-primary');
  await jana.sees('What you agree to', 'Asks you to be an authorised person');
  const participant = jana.path();
  await jana.submit(`${participant}/join`);
  await jana.sees('You belong to the organisation.', 'Members');
  await jana.fill({ who: 'piotr.kowalski@solaris.test' });
  await jana.submit(`${participant}/asked`);
  await jana.sees('The request is sent.', 'piotr.kowalski@solaris.test');
  assert.equal(await elena.go(participant), 404);
  await piotr.go(participant);
  await piotr.submit(`${participant}/join`);
  await jana.go(participant);
  await jana.follow('main tbody a:has-text("Piotr Kowalski")');
  const member = jana.path();
  assert.match(await register(jana, `${member}/register`, { pem: readFileSync(file('piotr.pem'), 'utf8') }), /They are told by mail/);
  await jana.sees('Piotr company card');
  await piotr.go('/settings/registered');
  await piotr.sees('Piotr company card', `Registered by ${organization}`);
  await mailTo(elena, 'piotr.kowalski@solaris.test', /authorised person of your organisation|Oprávněná|oprávněná/);
  assert.equal(await piotr.go(member), 404);
  await jana.go(member);
  await jana.follow('main a[href$="/remove"]:has-text("Remove")');
  await jana.submit(jana.path());
  await piotr.go('/settings/registered');
  await piotr.sees('No certificate is registered');
  await jana.go(`${participant}/leave`);
  await jana.submit(`${participant}/leave`);
  await jana.sees('The last authorised person cannot go');

  // An authority goes, and what hangs on it is said before.
  await oliver.go('/authorities/supported');
  const gone = oliver.page.locator('main section.card', { hasText: 'Elsewhere' }).locator('a[href$="/remove"]');
  await Promise.all([oliver.page.waitForEvent('load'), gone.click()]);
  await oliver.sees('2 registered certificates are touched.');
  await oliver.submit(oliver.path());
  await oliver.sees('The authority is not supported any more.');
  await jana.go(proved);
  await jana.sees('Jana at Elsewhere');

  traffic.demandNone([...text('password of the store', PASSWORD), ...text('password of the file', FILE_PASSWORD), ...privateKey('key', readFileSync(file('jana.key.pem'), 'utf8'))]);
  for (const visitor of Object.values(people)) await visitor.leave();
  await traffic.end();
}
