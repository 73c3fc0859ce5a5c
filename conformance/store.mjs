// The store of certificates in a browser, without the portal: a bare page under the strictest policy, files of foreign programs in, files and
// signatures that foreign programs judge out.
//
//   node store.mjs '{"dist":"web/dist","folder":"/tmp/x","browser":"firefox"}'

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { launch } from './lib/browser.mjs';
import { Referees } from './lib/foreign.mjs';
import { makeFiles } from './lib/keyfiles.mjs';
import { serve } from './lib/storepage.mjs';

const { dist, folder, browser: name } = JSON.parse(process.argv[2]);
const referees = new Referees(folder);
const PASSWORD = 'čtyři lišky nad Vltavou 7';
const NEW_PASSWORD = 'pět lišek pod Petřínem 8';
const FILE_PASSWORD = 'záloha na později 9';

const site = await serve(dist);
const browser = await launch('en', { name });
const times = {};
try {
  const idle = await leaveAlone();
  const tab = await arrive(await browser.newContext());
  await activate(tab);
  await importFiles(tab);
  await importOddPassword(tab);
  await refuseFiles(tab);
  await list(tab);
  await sign(tab);
  await logIn(tab);
  await decrypt(tab);
  await backUp(tab);
  await lockAndUnlock(tab);
  await changePassword(tab);
  await newKey(tab);
  await removePrimary(tab);
  await tools(tab);
  await wrongPasswords(tab);
  await goAway(tab);
  assert.deepEqual(tab.complaints, []);
  assert.deepEqual(site.strange, [], 'nothing but the built files is asked of the server');
  await idle();
  console.log(JSON.stringify(times));
} finally {
  await browser.close();
  site.close();
}

/** A page with the store; `ask` as the page's own, octets as Buffers. */
async function arrive(context) {
  const page = await context.newPage();
  const complaints = [];
  const complain = (text) => {
    // Firefox looks for an icon by itself, which the policy forbids.
    if (!text.includes('/favicon.ico')) complaints.push(text);
  };
  page.on('console', (message) => complain(message.text()));
  page.on('pageerror', (error) => complain(String(error)));
  await page.goto(site.address);
  await page.waitForFunction(() => globalThis.ask !== undefined);
  const packed = (value) => {
    if (Buffer.isBuffer(value)) return { $blob: value.toString('base64') };
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, Array.isArray(inner) ? inner : packed(inner)]));
  };
  const unpacked = (value) => {
    if (value?.$octets !== undefined) return Buffer.from(value.$octets, 'base64');
    if (Array.isArray(value)) return value.map(unpacked);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpacked(inner)]));
  };
  const outcome = (name, takes = {}) => page.evaluate(([name, takes]) => globalThis.ask(name, takes), [name, packed(takes)]);
  return {
    page,
    complaints,
    async ask(name, takes) {
      const { gives, problem, ms } = await outcome(name, takes);
      assert.equal(problem, undefined, `${name}: ${JSON.stringify(problem)}`);
      (times[name] ??= []).push(Math.round(ms));
      return unpacked(gives);
    },
    async refused(name, takes) {
      const { gives, problem } = await outcome(name, takes);
      assert.equal(gives, undefined, `${name} was to be refused`);
      return problem;
    },
    state: () => page.evaluate(() => globalThis.store.current),
  };
}

async function activate({ ask, refused, state }) {
  assert.equal((await ask('state')).status, 'inactive');
  assert.equal((await refused('import', { file: Buffer.from('x'), password: '' })).code, 'inactive');
  for (const password of ['password1', 'short7!', 'jana1985', 'qwertyuiop']) {
    const problem = await refused('activate', { password, words: ['jana'] });
    assert.equal(problem.code, 'weakPassword', password);
    assert.equal(problem.strength.isEnough, false);
  }
  assert.equal((await ask('strength', { password: PASSWORD, words: [] })).isEnough, true);
  const now = await ask('activate', { password: PASSWORD, words: [] });
  assert.equal(now.status, 'unlocked');
  assert.equal((await state()).status, 'unlocked', 'the page hears of it');
  assert.equal((await refused('activate', { password: PASSWORD, words: [] })).code, 'alreadyActive');
}

async function importFiles(tab) {
  const { ask } = tab;
  for (const { name, file, password, keyName } of makeFiles(referees)) {
    const start = performance.now();
    const { imported } = await ask('import', { file, password });
    assert.equal(imported.length, 1, name);
    const [entry] = imported;
    assert.equal(entry.keyName, keyName, name);
    // Each is usable at once, by the key that OpenSSL knows.
    const prove = await proof(tab, entry.id);
    (times.importAndSign ??= []).push(Math.round(performance.now() - start));
    await prove();
  }
}

/** Has a certificate's key sign a token; gives what checks that it is the key's. */
async function proof({ ask }, id) {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const nonce = randomBytes(33).toString('base64');
  const token = await ask('logIn', { id, nonce });
  return async () => {
    const { certificate } = await ask('details', { id });
    assert.equal(token.unverifiedCertificate, certificate.toString('base64'));
    assert.equal(token.format, 'web-eid:1.0');
    const hash = (text) => createHash(`sha${token.algorithm.slice(2)}`).update(text).digest();
    const message = Buffer.concat([hash(new URL(site.address).origin), hash(nonce)]);
    verify(certificate, token.algorithm, message, Buffer.from(token.signature, 'base64'));
    return token;
  };
}

async function proves(tab, id) {
  return (await proof(tab, id))();
}

/** By Node's own OpenSSL: WebCrypto's signatures have ECDSA's numbers end to end. */
function verify(certificate, algorithm, message, signature) {
  const { X509Certificate, verify: check } = process.getBuiltinModule('node:crypto');
  const key = { key: new X509Certificate(certificate).publicKey, dsaEncoding: 'ieee-p1363' };
  assert.ok(check(`sha${algorithm.slice(2)}`, message, key, signature), algorithm);
}

/** A password in Latin-1, as terminals gave it: the key is tried in that form after the standard's. */
async function importOddPassword({ ask }) {
  referees.write('latin1.txt', Buffer.from('h\xe9slo', 'latin1'));
  referees.openssl('req -x509 -new -key p256.key.pem -subj /CN=Odd -days 9 -out odd.pem');
  referees.openssl('pkcs12 -export -inkey p256.key.pem -in odd.pem -out odd.p12 -passout file:latin1.txt');
  const { imported } = await ask('import', { file: referees.read('odd.p12'), password: 'héslo' });
  assert.equal(imported[0].commonName, 'Odd');
  await ask('remove', { id: imported[0].id });
}

async function refuseFiles({ ask, refused }) {
  const before = (await ask('state')).certificates;
  const file = referees.read('rsa2048.default.p12');
  const code = async (file, password = 'secret 1') => (await refused('import', { file, password })).code;
  assert.deepEqual(await refused('import', { file, password: 'wrong' }), { code: 'wrongPassword' });
  assert.equal(await code(file.subarray(0, 900)), 'damaged');
  const altered = Buffer.from(file);
  altered[altered.length - 70] ^= 1;
  assert.equal(await code(altered), 'altered');
  assert.equal(await code(Buffer.from('not a key')), 'notPkcs12');
  referees.openssl('pkcs12 -export -nokeys -in rsa2048.cert.pem -out nokey.p12 -passout pass:x');
  assert.equal(await code(referees.read('nokey.p12'), 'x'), 'noKey');
  referees.openssl('ecparam -name secp256k1 -genkey -noout -out k1.key.pem');
  referees.openssl('req -x509 -new -key k1.key.pem -subj /CN=k1 -days 30 -out k1.cert.pem');
  referees.openssl('pkcs12 -export -inkey k1.key.pem -in k1.cert.pem -out k1.p12 -passout pass:x');
  assert.equal(await code(referees.read('k1.p12'), 'x'), 'unsupportedKey');
  assert.equal((await ask('state')).certificates, before, 'nothing of them is kept');
}

async function list({ ask, refused }) {
  const entries = await ask('list');
  assert.ok(entries[0].isPrimary);
  assert.equal(entries.filter(({ isPrimary }) => isPrimary).length, 1);
  const other = entries.find(({ keyName }) => keyName === 'EC P-384');
  const after = await ask('setPrimary', { id: other.id });
  assert.equal(after[0].id, other.id);
  assert.ok(after[0].isPrimary);
  const { entry, fields, chain } = await ask('details', { id: other.id });
  assert.equal(entry.id, other.id);
  assert.ok(fields.some(({ id, value }) => id === 'publicKey' && value === 'EC P-384'));
  assert.equal(chain.length, entry.chain);
  assert.equal((await refused('setPrimary', { id: 'ab' })).code, 'unknownCertificate');
}

async function entry({ ask }, keyName) {
  return (await ask('list')).find((entry) => entry.keyName === keyName);
}

async function sign(tab) {
  const content = Buffer.alloc(3_000_000, 'A long text. ');
  referees.write('content.bin', content);
  for (const keyName of ['RSA 2048', 'RSA 4096', 'EC P-256', 'EC P-384']) {
    const { id } = await entry(tab, keyName);
    const detached = await tab.ask('sign', { id, content, detached: true });
    referees.write('content.p7s', detached);
    const verify = '-verify -cades -inform DER -CAfile ca.pem -purpose any -binary -out out.bin';
    referees.openssl(`cms ${verify} -in content.p7s -content content.bin`, { says: /Verification successful/ });
    referees.write('around.p7m', await tab.ask('sign', { id, content, detached: false }));
    referees.openssl(`cms ${verify} -in around.p7m`, { says: /Verification successful/ });
    assert.deepEqual(referees.read('out.bin'), content);
  }
  referees.write('content.bin', Buffer.concat([content, Buffer.from('!')]));
  const altered = 'cms -verify -cades -inform DER -CAfile ca.pem -purpose any -binary -out out.bin -in content.p7s -content content.bin';
  referees.openssl(altered, { fails: true });
}

async function logIn(tab) {
  for (const [keyName, algorithm] of [['RSA 2048', 'RS256'], ['EC P-256', 'ES256'], ['EC P-384', 'ES384']]) {
    const { id } = await entry(tab, keyName);
    assert.equal((await proves(tab, id)).algorithm, algorithm);
  }
}

async function decrypt(tab) {
  const content = Buffer.alloc(2_500_000, 'Not for everybody. ');
  referees.write('plain.bin', content);
  for (const [name, keyName, words] of [
    ['PKCS#1 v1.5', 'RSA 2048', '-recip rsa2048.cert.pem'],
    ['PKCS#1 v1.5, 4096', 'RSA 4096', '-recip rsa4096.cert.pem'],
    ['OAEP', 'RSA 2048', '-recip rsa2048.cert.pem -keyopt rsa_padding_mode:oaep'],
    ['OAEP SHA-256', 'RSA 2048', '-recip rsa2048.cert.pem -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256'],
    ['ECDH', 'EC P-256', '-recip p256.cert.pem'],
    ['ECDH P-384', 'EC P-384', '-recip p384.cert.pem'],
  ]) {
    for (const cipher of ['-aes256', '-aes-128-gcm']) {
      referees.openssl(`cms -encrypt -binary -outform DER ${cipher} -in plain.bin -out sealed.p7m ${words}`);
      const { id } = await entry(tab, keyName);
      const message = referees.read('sealed.p7m');
      const opened = await tab.ask('decrypt', { message, id: null });
      assert.deepEqual(opened.content, content, name);
      assert.equal(opened.id, id, name);
      assert.equal(opened.authenticated, cipher === '-aes-128-gcm');
      const altered = Buffer.from(message);
      altered[altered.length - 8] ^= 1;
      if (cipher === '-aes-128-gcm') assert.equal((await tab.refused('decrypt', { message: altered, id })).code, 'notDecrypted');
    }
  }
  const { id } = await entry(tab, 'EC P-384');
  const message = referees.read('sealed.p7m');
  const problem = await tab.refused('decrypt', { message, id: (await entry(tab, 'EC P-256')).id });
  assert.deepEqual([problem.code, problem.recipients], ['otherRecipients', 1]);
  assert.equal((await tab.refused('decrypt', { message: Buffer.from('hello'), id })).code, 'notEncrypted');
}

async function backUp(tab) {
  for (const keyName of ['RSA 2048', 'EC P-256']) {
    const { id } = await entry(tab, keyName);
    const wanted = { id, profile: 'modern', filePassword: FILE_PASSWORD };
    assert.equal((await tab.refused('export', { ...wanted, password: 'wrong' })).code, 'wrongPassword');
    assert.equal((await tab.refused('export', { ...wanted, password: PASSWORD, filePassword: '' })).code, 'unusablePassword');
    for (const profile of ['modern', 'legacy']) {
      const backup = await tab.ask('export', { ...wanted, password: PASSWORD, profile });
      opens(backup, keyName, profile === 'legacy');
    }
  }
}

/** Whether OpenSSL and NSS open a backup, with its key. */
function opens(backup, keyName, legacy) {
  const own = keyName === 'RSA 2048' ? 'rsa2048' : 'p256';
  referees.write('backup.p12', backup);
  const old = legacy ? ['-legacy'] : [];
  referees.run('openssl', ['pkcs12', '-in', 'backup.p12', '-passin', `pass:${FILE_PASSWORD}`, '-nodes', '-out', 'backup.pem', ...old]);
  const key = (file) => referees.openssl(`pkey -in ${file} -pubout`);
  assert.equal(key('backup.pem'), key(`${own}.key.pem`));
  assert.equal(referees.read('backup.pem').toString().match(/BEGIN CERTIFICATE/g).length, 2, 'certificate and issuer');
  execFileSync('sh', ['-c', 'rm -rf nss && mkdir nss && certutil -N -d sql:nss --empty-password'], { cwd: folder });
  referees.run('pk12util', ['-i', 'backup.p12', '-d', 'sql:nss', '-W', FILE_PASSWORD, '-K', '']);
  referees.run('certutil', ['-K', '-d', 'sql:nss'], { says: legacy || keyName !== 'RSA 2048' ? undefined : /rsa/ });
}

async function lockAndUnlock(tab) {
  const { id } = await entry(tab, 'RSA 2048');
  // A page of the same origin, as another tab.
  const other = await arrive(tab.page.context());
  assert.equal((await other.ask('state')).status, 'locked', 'keys of one page are no other page\'s');
  await other.ask('unlock', { password: PASSWORD });
  await tab.ask('lock');
  await other.page.waitForFunction(() => globalThis.store.current.status === 'locked');
  for (const page of [tab, other]) {
    const problem = await page.refused('logIn', { id, nonce: 'x' });
    assert.equal(problem.code, 'locked');
  }
  assert.equal((await tab.ask('list')).length, (await tab.ask('state')).certificates, 'what is there is shown without a password');
  assert.equal((await tab.refused('unlock', { password: 'wrong' })).code, 'wrongPassword');
  await tab.ask('unlock', { password: PASSWORD });
  await proves(tab, id);
  await other.page.close();
}

async function changePassword(tab) {
  const { id } = await entry(tab, 'EC P-256');
  const wanted = { password: PASSWORD, newPassword: NEW_PASSWORD, words: [] };
  assert.equal((await tab.refused('changePassword', { ...wanted, password: 'wrong' })).code, 'wrongPassword');
  assert.equal((await tab.refused('changePassword', { ...wanted, newPassword: 'heslo' })).code, 'weakPassword');
  await tab.ask('changePassword', wanted);
  await tab.ask('lock');
  assert.equal((await tab.refused('unlock', { password: PASSWORD })).code, 'wrongPassword');
  await tab.ask('unlock', { password: NEW_PASSWORD });
  await proves(tab, id);
}

/** From a key made here to a certificate in the store. */
async function newKey(tab) {
  for (const [key, keyName] of [['rsa:2048', 'RSA 2048'], ['ec:p256', 'EC P-256']]) {
    const content = { subject: [{ kind: 'CN', value: 'Nový klíč' }], emails: ['novy@example.com'] };
    const { request } = await tab.ask('createKey', { key, content });
    referees.write('new.csr', request.pem);
    referees.openssl('req -in new.csr -verify -noout', { says: /OK/ });
    referees.openssl('x509 -req -in new.csr -CA ca.pem -CAkey ca.key.pem -CAcreateserial -days 20 -out new.pem');
    referees.openssl('crl2pkcs7 -nocrl -certfile new.pem -certfile ca.pem -outform DER -out new.p7b');
    const installed = await tab.ask('installCertificate', { file: referees.read('new.p7b') });
    assert.equal(installed.keyName, keyName);
    assert.equal(installed.validity, 'expiring');
    assert.equal(installed.chain, 1);
    await proves(tab, installed.id);
    assert.equal((await tab.refused('installCertificate', { file: referees.read('new.p7b') })).code, 'noPendingKey');
    await tab.ask('remove', { id: installed.id });
  }
  const { id } = await tab.ask('createKey', { key: 'ec:p384', content: { subject: [], emails: ['a@example.com'] } });
  assert.equal((await tab.ask('pendingKeys')).length, 1);
  await tab.ask('dropPendingKey', { id });
  assert.equal((await tab.ask('state')).pending, 0);
}

async function removePrimary(tab) {
  const before = await tab.ask('list');
  const primary = before.find(({ isPrimary }) => isPrimary);
  const left = await tab.ask('remove', { id: primary.id });
  assert.equal(left.length, before.length - 1);
  assert.equal(left.filter(({ isPrimary }) => isPrimary).length, 1, 'another takes its place');
  assert.equal((await tab.refused('remove', { id: primary.id })).code, 'unknownCertificate');
}

async function tools(tab) {
  const file = referees.read('rsa2048.legacy.p12');
  const converted = await tab.ask('convertFile', { file, password: 'secret 1', profile: 'modern', filePassword: FILE_PASSWORD });
  opens(converted, 'RSA 2048', false);

  const content = { subject: [{ kind: 'CN', value: 'Bez úložiště' }], emails: [] };
  const { request, key } = await tab.ask('makeRequest', { key: 'ec:p256', content, password: FILE_PASSWORD });
  referees.write('own.csr', request.pem);
  referees.write('own.key', key);
  referees.openssl('x509 -req -in own.csr -CA ca.pem -CAkey ca.key.pem -CAcreateserial -days 20 -out own.pem');
  referees.run('openssl', ['pkey', '-in', 'own.key', '-passin', `pass:${FILE_PASSWORD}`, '-out', 'own.pkcs8']);
  referees.openssl('ec -in own.pkcs8 -out own.sec1');
  referees.openssl('pkey -in own.pkcs8 -traditional -out own.traditional');
  referees.openssl('rsa -in rsa2048.key.pem -traditional -out rsa2048.pkcs1');
  const make = (key, certificates, keyPassword = '') =>
    ({ key, keyPassword, certificates, profile: 'modern', filePassword: FILE_PASSWORD });
  const own = Buffer.concat([referees.read('own.pem'), referees.read('ca.pem')]);
  for (const [file, password] of [['own.key', FILE_PASSWORD], ['own.pkcs8', ''], ['own.sec1', ''], ['own.traditional', '']]) {
    referees.write('own.p12', await tab.ask('makeFile', make(referees.read(file), own, password)));
    const words = ['pkcs12', '-in', 'own.p12', '-passin', `pass:${FILE_PASSWORD}`, '-nodes', '-nocerts', '-out', 'own.again'];
    referees.run('openssl', words);
    assert.equal(referees.openssl('pkey -in own.again -pubout'), referees.openssl('pkey -in own.pkcs8 -pubout'), file);
  }
  const chain = Buffer.concat([referees.read('rsa2048.cert.pem'), referees.read('ca.pem')]);
  opens(await tab.ask('makeFile', make(referees.read('rsa2048.pkcs1'), chain)), 'RSA 2048', false);
  assert.equal((await tab.refused('makeFile', make(Buffer.from(key), own, 'wrong'))).code, 'wrongPassword');
  assert.equal((await tab.refused('makeFile', make(Buffer.from(key), chain, FILE_PASSWORD))).code, 'noCertificate');
  const problem = await tab.refused('makeFile', make(own, own));
  assert.deepEqual([problem.code, problem.found], ['notKey', 'CERTIFICATE']);
}

/** The third wrong password makes the next one wait, right or not. */
async function wrongPasswords(tab) {
  await tab.ask('lock');
  for (let n = 0; n < 3; n += 1) {
    assert.equal((await tab.refused('unlock', { password: 'wrong' })).code, 'wrongPassword');
  }
  const problem = await tab.refused('unlock', { password: NEW_PASSWORD });
  assert.equal(problem.code, 'wait');
  assert.ok(problem.untilMs > Date.now());
  await new Promise((resolve) => setTimeout(resolve, problem.untilMs - Date.now() + 50));
  await tab.ask('unlock', { password: NEW_PASSWORD });
}

async function goAway(tab) {
  assert.equal((await tab.refused('deactivate', { password: 'wrong' })).code, 'wrongPassword');
  const gone = await tab.ask('deactivate', { password: NEW_PASSWORD });
  assert.deepEqual([gone.status, gone.certificates], ['inactive', 0]);
  // Whoever forgot the password begins anew.
  await tab.ask('activate', { password: PASSWORD, words: [] });
  await tab.ask('lock');
  assert.equal((await tab.ask('reset')).status, 'inactive');
}

/** A store that nobody asks for anything locks itself: begun first, looked at last. */
async function leaveAlone() {
  const context = await browser.newContext();
  const tab = await arrive(context);
  await tab.ask('activate', { password: PASSWORD, words: [] });
  const { locksAtMs } = await tab.ask('setIdle', { minutes: 1 });
  assert.ok(Math.abs(locksAtMs - Date.now() - 60_000) < 5_000);
  return async () => {
    await tab.page.waitForFunction(() => globalThis.store.current.status === 'locked', undefined, { timeout: 90_000 });
    assert.deepEqual(tab.complaints, []);
    await context.close();
  };
}
