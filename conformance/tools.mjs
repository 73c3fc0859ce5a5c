// Signing, verifying, decrypting and making keys on their pages, with OpenSSL on the other side; what is sent meanwhile; and the same pages
// when the server is gone.
//
//   node tools.mjs '{"base":"http://127.0.0.1:8080","folder":"/tmp/x","server":1234,"browser":"firefox"}'
//
// `server` is the number of its process, which is stopped at the end.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { launch, clickIn, Visitor } from './lib/browser.mjs';
import { Referees } from './lib/foreign.mjs';
import { octets, privateKey, text, Traffic } from './lib/traffic.mjs';

const { base, folder, server, browser: name } = JSON.parse(process.argv[2]);
const referees = new Referees(folder);
const openssl = (words, options) => referees.openssl(words, options);
const PASSWORD = 'čtyři lišky nad Vltavou 7';
const FILE_PASSWORD = 'záloha na později 9';
const SECRET = 'The vault opens at noon, said the heron to the newt. ';
const words = Object.fromEntries(
  ['sign', 'verify', 'decrypt', 'generator', 'files', 'ui', 'problems'].flatMap((one) =>
    [...readFileSync(join(import.meta.dirname, `../locales/en/script-${one}.ftl`), 'utf8').matchAll(/^([a-zA-Z0-9-]+) = (.*)$/gm)].map(([, key, value]) => [key, value])),
);

/** What is said whatever the values: the longest piece of a message between them. */
function said(key) {
  assert.ok(words[key], key);
  return words[key].split(/\{[^}]*\}/).map((piece) => piece.trim()).reduce((one, other) => (other.length > one.length ? other : one));
}

const browser = await launch('en', { name });
const traffic = await Traffic.begin();
try {
  makeCertificates();
  const visitor = await Visitor.arrive(browser, base, { ...traffic.settings, acceptDownloads: true });
  traffic.watch(visitor.context);
  if (name === 'firefox') await remember(visitor.context);
  await fillStore(visitor);
  await signFiles(visitor);
  await signText(visitor);
  await verifyFiles(visitor);
  await decryptFiles(visitor);
  await openCompressed(visitor);
  const keys = await generate(visitor);
  await ownCertificate(visitor, keys);
  traffic.demandNone([
    ...text('password', PASSWORD), ...text('file password', FILE_PASSWORD), ...octets('content', SECRET), ...octets('signed file', referees.read('report.bin')),
    ...['rsa', 'ec'].flatMap((key) => privateKey(key, referees.read(`${key}.key.pem`))),
    ...privateKey('generated', { key: referees.read('generated.key.pem'), passphrase: FILE_PASSWORD }),
  ]);
  await visitor.leave();
  await withoutNetwork();
} finally {
  await browser.close();
  await traffic.end();
}

function makeCertificates() {
  const extensions = 'keyUsage=critical,digitalSignature,keyEncipherment,keyAgreement\nextendedKeyUsage=emailProtection\nsubjectAltName=email:jana@example.com\n';
  referees.write('leaf.ext', extensions);
  const authority = (stem, subject) => openssl(`req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ${stem}.key.pem -subj /CN=${subject} -days 3650 -addext keyUsage=critical,keyCertSign,cRLSign -out ${stem}.pem`);
  authority('ca', 'Foreign-Authority');
  authority('other', 'Other-Authority');
  const leaf = (stem, key, issuer) => {
    openssl(`genpkey ${key} -out ${stem}.key.pem`);
    openssl(`req -new -key ${stem}.key.pem -subj /CN=${stem}-Jana -out ${stem}.csr`);
    openssl(`x509 -req -in ${stem}.csr -CA ${issuer}.pem -CAkey ${issuer}.key.pem -CAcreateserial -days 365 -extfile leaf.ext -out ${stem}.pem`);
    openssl(`pkcs12 -export -inkey ${stem}.key.pem -in ${stem}.pem -certfile ${issuer}.pem -out ${stem}.p12 -passout pass:x`);
  };
  leaf('rsa', '-algorithm RSA -pkeyopt rsa_keygen_bits:2048', 'ca');
  leaf('ec', '-algorithm EC -pkeyopt ec_paramgen_curve:P-256', 'ca');
  leaf('stranger', '-algorithm EC -pkeyopt ec_paramgen_curve:P-256', 'other');
  referees.write('report.bin', Buffer.from(SECRET.repeat(60_000)));
  referees.write('note.txt', SECRET);
}

/** Runs requests on a store of the page's own script. */
function inStore(visitor, requests) {
  const packed = requests.map(([request, takes]) => [request, Object.fromEntries(Object.entries(takes).map(([key, value]) => [key, Buffer.isBuffer(value) ? { octets: value.toString('base64') } : value]))]);
  return visitor.page.evaluate(async (requests) => {
    const { Store } = await import(document.querySelector('script[src*="/assets/store-"]').src);
    const store = new Store();
    const answers = [];
    for (const [request, takes] of requests) {
      const given = Object.fromEntries(Object.entries(takes).map(([key, value]) => [key, value?.octets === undefined ? value : new Blob([Uint8Array.from(atob(value.octets), (one) => one.charCodeAt(0))])]));
      answers.push(await store.ask(request, given));
    }
    store.close();
    return answers;
  }, packed);
}

async function fillStore(visitor) {
  await visitor.go('/sign');
  await inStore(visitor, [
    ['activate', { password: PASSWORD, words: [] }],
    ['import', { file: referees.read('rsa.p12'), password: 'x' }],
    ['import', { file: referees.read('ec.p12'), password: 'x' }],
  ]);
}

/** The dialog that asks for certificate and password. */
async function answer(visitor, certificate) {
  const dialog = visitor.page.locator('dialog[open]');
  await dialog.waitFor();
  if (certificate) await dialog.getByText(certificate, { exact: false }).first().click();
  const password = dialog.locator('input[name="password"]');
  if ((await password.count()) > 0) await password.fill(PASSWORD);
  await dialog.locator('button[type=submit]').click();
}

/** Keeps what the page offers under this name. Firefox does not tell its driver of downloads: there it is read from where the link leads. */
async function keep(visitor, to, at = 0) {
  const link = visitor.page.locator('.task-result a[download]:visible').nth(at);
  if (name === 'firefox') {
    const { called, octets } = await link.evaluate(async (element) => {
      const bytes = new Uint8Array(await globalThis.offered.get(element.href).arrayBuffer());
      let text = '';
      for (let from = 0; from < bytes.length; from += 0x8000) text += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
      return { called: element.download, octets: btoa(text) };
    });
    referees.write(to, Buffer.from(octets, 'base64'));
    return called;
  }
  const [download] = await Promise.all([visitor.page.waitForEvent('download'), link.click()]);
  await download.saveAs(join(folder, to));
  return download.suggestedFilename();
}

/** Remembers what pages offer. */
function remember(context) {
  return context.addInitScript(() => {
    const make = URL.createObjectURL.bind(URL);
    globalThis.offered = new Map();
    URL.createObjectURL = (blob) => {
      const address = make(blob);
      globalThis.offered.set(address, blob);
      return address;
    };
  });
}

function act(visitor) {
  return visitor.page.locator('main form.task:visible button.btn-primary').click();
}

function chosen(visitor, field, file) {
  return visitor.page.locator(`main input[name="${field}"]:visible`).setInputFiles(join(folder, file));
}

function choose(visitor, value) {
  return visitor.page.locator(`main input[type=radio][value="${value}"]:visible`).check();
}


async function result(visitor, ...keys) {
  const root = visitor.page.locator('.task-result:visible:not(:empty)');
  await root.waitFor();
  const shown = await root.innerText();
  for (const key of keys) assert.ok(shown.includes(said(key)), `${key} is not said:\n${shown}`);
  return shown;
}

async function problem(visitor, key) {
  await visitor.page.locator('main [role=alert]:visible, main .invalid-feedback:visible').getByText(said(key)).first().waitFor();
}

async function signFiles(visitor) {
  await visitor.go('/sign');
  await act(visitor);
  await problem(visitor, 'sign-file-missing');
  for (const [form, key, suffix] of [['beside', 'ec-Jana', 'p7s'], ['around', 'rsa-Jana', 'p7m']]) {
    await visitor.go('/sign');
    await chosen(visitor, 'file', 'report.bin');
    await choose(visitor, form);
    await act(visitor);
    await answer(visitor, key);
    await result(visitor, 'sign-done');
    assert.equal(await keep(visitor, `page.${suffix}`), `report.bin.${suffix}`);
  }
  openssl('cms -verify -cades -binary -inform DER -in page.p7s -content report.bin -CAfile ca.pem -out beside.out', { says: /success/i });
  openssl('cms -verify -cades -binary -inform DER -in page.p7m -CAfile ca.pem -out around.out', { says: /success/i });
  assert.ok(referees.read('around.out').equals(referees.read('report.bin')));
  // A wrong password keeps the dialog and what was chosen.
  await visitor.go('/sign');
  await chosen(visitor, 'file', 'note.txt');
  await act(visitor);
  const dialog = visitor.page.locator('dialog[open]');
  await dialog.locator('input[name="password"]').fill('wrong one');
  await dialog.locator('button[type=submit]').click();
  await dialog.getByText(said('problem-wrongPassword')).waitFor();
  await visitor.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

async function signText(visitor) {
  await visitor.go('/sign');
  await choose(visitor, 'text');
  await visitor.fill({ to: 'eva@example.com, ota@example.com', subject: 'Žluťoučký kůň', text: `Dobrý den,\n\n${SECRET}\n.\nFrom here on` });
  await act(visitor);
  await answer(visitor, 'rsa-Jana');
  await result(visitor, 'sign-done-text');
  await keep(visitor, 'page.eml');
  openssl('cms -verify -cades -in page.eml -CAfile ca.pem -out text.out', { says: /success/i });
  const mail = referees.read('page.eml').toString('latin1');
  assert.match(mail, /^From: jana@example.com\r\nTo: eva@example.com, ota@example.com\r\nSubject: =\?utf-8\?B\?/);
  assert.match(referees.read('text.out').toString('latin1'), /hp="clear"/);
}

/** Lets the page trust the foreign authority, as if the environment supported it. */
function trust(visitor) {
  const der = openssl('x509 -in ca.pem -outform DER -out ca.der') && referees.read('ca.der');
  const base64 = (der || referees.read('ca.der')).toString('base64');
  return visitor.page.evaluate((base64) => {
    const line = document.createElement('li');
    line.dataset.certificate = base64;
    line.dataset.anchor = '';
    document.body.append(line);
  }, base64);
}

async function verified(visitor, file, content, trusting, ...keys) {
  await visitor.go('/verify');
  if (trusting) await trust(visitor);
  await chosen(visitor, 'signed', file);
  if (content) await chosen(visitor, 'content', content);
  await act(visitor);
  return result(visitor, ...keys);
}

async function verifyFiles(visitor) {
  openssl('x509 -in ca.pem -outform DER -out ca.der');
  const sign = (more) => openssl(`cms -sign -cades -signer rsa.pem -inkey rsa.key.pem -certfile ca.pem ${more}`);
  sign('-binary -in report.bin -outform DER -out o.p7s');
  sign('-binary -nodetach -in note.txt -outform PEM -out o.pem');
  sign('-in note.txt -text -from jana@example.com -to eva@example.com -subject S -out o.eml');
  openssl('cms -sign -signer stranger.pem -inkey stranger.key.pem -binary -nodetach -in note.txt -outform DER -out stranger.p7m');
  sign('-binary -nodetach -in note.txt -outform DER -out o.p7m');
  referees.write('o.b64', referees.read('o.p7m').toString('base64'));
  const altered = Buffer.from(referees.read('o.p7m'));
  altered[altered.indexOf('vault')] ^= 1;
  referees.write('altered.p7m', altered);
  referees.write('cut.p7m', referees.read('o.p7m').subarray(0, 700));
  const forged = referees.read('o.eml').toString().replace('From: jana@', 'From: eva@');
  referees.write('forged.eml', forged);

  for (const [file, content] of [['o.p7s', 'report.bin'], ['o.pem'], ['o.p7m'], ['o.b64'], ['o.eml'], ['page.p7s', 'report.bin'], ['page.p7m'], ['page.eml']]) {
    const shown = await verified(visitor, file, content, true, 'verify-good', 'verify-when-claimed', 'status-not-asked');
    assert.ok(shown.includes('Jana'), file);
    assert.equal(await visitor.page.locator('.alert-danger:visible').count(), 0, file);
  }
  assert.ok((await result(visitor)).includes(SECRET.trim()), 'the signed text is shown');
  await verified(visitor, 'o.p7m', null, false, 'verify-right', 'verify-path-untrusted');
  await verified(visitor, 'stranger.p7m', null, true, 'verify-right', 'verify-path-untrusted');
  await verified(visitor, 'altered.p7m', null, true, 'verify-fault-altered');
  await verified(visitor, 'o.p7s', 'note.txt', true, 'verify-fault-altered');
  await verified(visitor, 'forged.eml', null, true, 'verify-sender-other');
  await visitor.go('/verify');
  await chosen(visitor, 'signed', 'o.p7s');
  await act(visitor);
  await problem(visitor, 'verify-content-missing');
  for (const damaged of ['cut.p7m', 'report.bin', 'rsa.key.pem']) {
    await visitor.go('/verify');
    await chosen(visitor, 'signed', damaged);
    await act(visitor);
    await problem(visitor, 'problem-notMessage');
  }
}

async function decryptFiles(visitor) {
  const mail = [
    'From: eva@example.com', 'To: jana@example.com', 'Subject: =?utf-8?Q?P=C5=99ehled?=', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '',
    '--b', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', SECRET, '--b', 'Content-Type: text/html', '',
    '<p>Hello <img src="http://tracker.invalid/x.png"><script>document.title = "taken"</script></p>', '--b',
    'Content-Type: application/octet-stream', "Content-Disposition: attachment; filename*=utf-8''p%C5%99%C3%ADloha.bin", 'Content-Transfer-Encoding: base64', '',
    Buffer.from([0, 1, 2, 3, 255]).toString('base64'), '--b--', '',
  ].join('\r\n');
  referees.write('mail.txt', mail);
  const encrypt = (more, to = 'rsa.pem') => openssl(`cms -encrypt -aes256 -binary -in mail.txt ${more} ${to}`.trim());
  encrypt('-outform DER -out v15.p7m');
  encrypt('-outform PEM -out oaep.pem -recip rsa.pem -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256', '');
  encrypt('-outform SMIME -out ecdh.eml', 'ec.pem');
  encrypt('-outform DER -out other.p7m', 'stranger.pem');
  openssl('cms -encrypt -aes-256-gcm -binary -in mail.txt -outform DER -out gcm.p7m rsa.pem');
  openssl('cms -sign -cades -signer rsa.pem -inkey rsa.key.pem -certfile ca.pem -in note.txt -text -out inner.eml');
  openssl('cms -encrypt -aes256 -binary -in inner.eml -outform SMIME -from jana@example.com -out both.eml ec.pem');
  referees.write('v15.b64', referees.read('v15.p7m').toString('base64'));
  const altered = Buffer.from(referees.read('gcm.p7m'));
  altered[altered.length - 40] ^= 1;
  referees.write('altered-gcm.p7m', altered);

  await visitor.go('/decrypt');
  const open = async (file, first = false) => {
    await visitor.go('/decrypt');
    await trust(visitor);
    await chosen(visitor, 'message', file);
    await act(visitor);
    await answer(visitor);
    return first;
  };
  for (const file of ['v15.p7m', 'v15.b64', 'oaep.pem', 'ecdh.eml', 'gcm.p7m']) {
    await open(file);
    const shown = await result(visitor, file === 'gcm.p7m' ? 'decrypt-authenticated' : 'decrypt-unauthenticated', 'decrypt-unsigned', 'message-html');
    assert.ok(shown.includes(SECRET.trim()) && shown.includes('Přehled') && shown.includes('příloha.bin'), `${file}:\n${shown}`);
    assert.equal(await visitor.page.locator('.task-result img, .task-result iframe, .task-result script').count(), 0);
  }
  assert.notEqual(await visitor.page.title(), 'taken');
  const names = await visitor.page.locator('.attachments a').evaluateAll((links) => links.map((link) => link.download));
  assert.deepEqual(names, ['message.html', 'příloha.bin']);
  await keep(visitor, 'attachment.bin', 1);
  assert.ok(referees.read('attachment.bin').equals(Buffer.from([0, 1, 2, 3, 255])));
  await open('both.eml');
  const both = await result(visitor, 'decrypt-unauthenticated-signed-text', 'verify-signature');
  assert.ok(both.includes(SECRET.trim()));
  await open('other.p7m');
  await problem(visitor, 'problem-otherRecipients');
  await open('altered-gcm.p7m');
  await problem(visitor, 'problem-notDecrypted');
  await open('o.p7m');
  await result(visitor, 'decrypt-not-encrypted', 'verify-good');
}

/** Compressed content (RFC 3274 section 1.1) as a message; OpenSSL is often built without zlib. */
function compressed(octets, algorithm = 8) {
  const value = (tag, ...parts) => {
    const content = Buffer.concat(parts);
    const size = Buffer.from(content.length.toString(16).padStart(8, '0'), 'hex');
    return Buffer.concat([Buffer.from([tag]), content.length < 128 ? size.subarray(3) : Buffer.concat([Buffer.from([0x84]), size]), content]);
  };
  const oid = (...arcs) => value(6, Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, ...arcs]));
  const content = value(0x30, oid(7, 1), value(0xa0, value(4, octets)));
  const der = value(0x30, oid(9, 16, 1, 9), value(0xa0, value(0x30, value(2, Buffer.from([0])), value(0x30, oid(9, 16, 3, algorithm)), content)));
  const head = 'From: jana@example.com\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=compressed-data; name=smime.p7z\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  return head + der.toString('base64').replaceAll(/.{64}/g, '$&\r\n') + '\r\n';
}

/** Layers are taken off in any order; what would exhaust the browser, is damaged or unknown is said. */
async function openCompressed(visitor) {
  const crlf = (name) => referees.read(name).toString().replaceAll(/\r?\n/g, '\r\n');
  const inner = deflateSync(crlf('inner.eml'));
  referees.write('z.eml', compressed(inner));
  openssl('cms -encrypt -aes256 -binary -in z.eml -outform DER -out z-in.p7m rsa.pem');
  openssl('cms -encrypt -aes256 -binary -in inner.eml -outform SMIME -out encrypted.eml rsa.pem');
  referees.write('z-out.eml', compressed(deflateSync(crlf('encrypted.eml'))));
  referees.write('z-twice.eml', compressed(deflateSync(compressed(inner))));
  referees.write('z-plain.eml', compressed(deflateSync(`Content-Type: text/plain\r\n\r\n${SECRET}`)));
  openssl('cms -sign -cades -signer rsa.pem -inkey rsa.key.pem -certfile ca.pem -binary -nodetach -in z-plain.eml -outform DER -out z-signed.p7m');
  for (const file of ['z.eml', 'z-twice.eml', 'z-signed.p7m']) {
    await verified(visitor, file, null, true, 'verify-good', 'verify-inside');
    assert.ok((await result(visitor)).includes(SECRET.trim()), file);
  }
  await verified(visitor, 'z-plain.eml', null, true, 'verify-plain');
  for (const file of ['z-in.p7m', 'z-out.eml']) {
    await visitor.go('/decrypt');
    await trust(visitor);
    await chosen(visitor, 'message', file);
    await act(visitor);
    await answer(visitor);
    const shown = await result(visitor, 'decrypt-unauthenticated-signed-text', 'verify-signature');
    assert.ok(shown.includes(SECRET.trim()), file);
  }
  // 40 MB in 40 kB; as much out of each of two layers; a checksum that is not that of the content; another octet behind; half of it; no zlib.
  const bomb = deflateSync(Buffer.alloc(40_000_000), { level: 9 });
  const wrong = Buffer.from(inner);
  wrong[wrong.length - 1] ^= 1;
  const closed = [
    ['compressedTooLarge', compressed(bomb)], ['compressedTooLarge', compressed(deflateSync(compressed(bomb)))],
    ['compressedDamaged', compressed(wrong)], ['compressedDamaged', compressed(Buffer.concat([inner, Buffer.from([0])]))],
    ['compressedDamaged', compressed(inner.subarray(0, inner.length / 2))], ['compressedDamaged', compressed(Buffer.from('none'))],
    ['compressedOther', compressed(inner, 9)],
  ];
  for (const [why, message] of closed) {
    referees.write('closed.eml', message);
    await verified(visitor, 'closed.eml', null, false, 'verify-compressed', `verify-${why}`);
  }
}

async function generate(visitor) {
  await visitor.go('/generator');
  await visitor.fill({ cn: 'Elena Petrova', emails: 'elena@vitosha.test', o: '', c: 'BG', key: 'ec:p256', password: FILE_PASSWORD, again: 'another' }).catch(() => undefined);
  const fill = async (fields) => {
    for (const [field, value] of Object.entries(fields)) {
      const control = visitor.page.locator(`main [name="${field}"]:visible`);
      if (await control.evaluate((element) => element.tagName === 'SELECT')) await control.selectOption(value);
      else await control.fill(value);
    }
  };
  await fill({ cn: 'Elena Petrova', emails: 'elena@vitosha.test', c: 'BG', key: 'ec:p256', password: FILE_PASSWORD, again: 'another' });
  await act(visitor);
  await problem(visitor, 'generator-again-differs');
  await fill({ again: FILE_PASSWORD });
  await act(visitor);
  await result(visitor, 'generator-request-done');
  await keep(visitor, 'generated.key.pem', 0);
  await keep(visitor, 'generated.csr.pem', 1);
  openssl('req -in generated.csr.pem -noout -verify -subject', { says: /C = BG, CN = Elena Petrova/ });
  referees.run('openssl', ['pkey', '-in', 'generated.key.pem', '-passin', `pass:${FILE_PASSWORD}`, '-noout', '-text'], { says: /P-256|prime256v1/ });

  const request = referees.read('generated.csr.pem').toString();
  openssl('x509 -req -in generated.csr.pem -CA ca.pem -CAkey ca.key.pem -CAcreateserial -days 30 -out generated.pem');
  await together(visitor, 'generated.pem', 'page.p12');
  referees.run('openssl', ['pkcs12', '-in', 'page.p12', '-passin', `pass:${FILE_PASSWORD}`, '-nokeys'], { says: /Elena Petrova/ });
  await visitor.go('/generator');
  await choose(visitor, 'convert');
  await chosen(visitor, 'file', 'page.p12');
  await choose(visitor, 'legacy');
  await fill({ old: FILE_PASSWORD, password: FILE_PASSWORD, again: FILE_PASSWORD });
  await act(visitor);
  await result(visitor, 'generator-file-done');
  await keep(visitor, 'legacy.p12');
  referees.run('openssl', ['pkcs12', '-in', 'legacy.p12', '-passin', `pass:${FILE_PASSWORD}`, '-nokeys', '-info', '-legacy'], { says: /TripleDES/ });
  // Passwords do not stay behind in a form that is done.
  for (const field of ['old', 'password', 'again']) assert.equal(await visitor.page.locator(`main [name="${field}"]:visible`).inputValue(), '');
  // Nor does a file that was offered stay once another is asked for.
  const offered = await visitor.page.locator('.task-result a[download]:visible').evaluate((link) => {
    globalThis.released = [];
    const release = URL.revokeObjectURL.bind(URL);
    URL.revokeObjectURL = (address) => {
      globalThis.released.push(address);
      release(address);
    };
    return link.href;
  });
  await fill({ old: 'wrong', password: FILE_PASSWORD, again: FILE_PASSWORD });
  await act(visitor);
  await problem(visitor, 'problem-wrongPassword');
  assert.deepEqual(await visitor.page.evaluate(() => globalThis.released), [offered]);
  assert.equal(await visitor.page.locator('main [name="old"]:visible').getAttribute('aria-invalid'), 'true');
  return request;
}

async function together(visitor, certificates, to) {
  await visitor.go('/generator');
  await choose(visitor, 'file');
  await chosen(visitor, 'key', 'generated.key.pem');
  await chosen(visitor, 'certificates', certificates);
  for (const [field, value] of [['keyPassword', FILE_PASSWORD], ['password', FILE_PASSWORD], ['again', FILE_PASSWORD]]) {
    await visitor.page.locator(`main [name="${field}"]:visible`).fill(value);
  }
  await act(visitor);
  await result(visitor, 'generator-file-done');
  await keep(visitor, to);
}

/** A certificate of the environment's own: good without a word from elsewhere, and its status is known where somebody asks. */
async function ownCertificate(visitor, request) {
  const applicant = await Visitor.arrive(browser, base);
  await clickIn(applicant, 'Elena');
  await applicant.go('/orders');
  const paths = await applicant.page.locator('main a[href^="/orders/"]').evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href')))]);
  let order;
  const csr = applicant.page.locator('#csr');
  // Whoever is quicker than the store of a slow browser keeps what they began.
  let proceed;
  const slow = new Promise((resolve) => { proceed = resolve; });
  await applicant.page.route('**/assets/worker-*', async (route) => {
    await slow;
    await route.continue();
  });
  for (const path of paths.filter((path) => /^\/orders\/[0-9a-f]+$/.test(path))) {
    // Firefox counts the worker as a part of the page: that one is not loaded yet.
    await applicant.page.goto(`${base}${path}/activation`, { waitUntil: 'domcontentloaded' });
    if ((await csr.count()) > 0) {
      order = path;
      break;
    }
  }
  assert.ok(order, 'an order of the sandbox waits for its key');
  const places = applicant.page.locator('fieldset#key');
  assert.ok(await places.isHidden());
  await csr.fill(request);
  await csr.blur();
  proceed();
  await places.waitFor();
  assert.ok(await applicant.page.locator('#key-elsewhere').isChecked());
  await applicant.follow(`main form[action="${order}/activation"] button.btn-primary`);
  await applicant.fill({ statement: true });
  await applicant.submit(`${order}/activation/issue`);
  await applicant.go('/certificates');
  const certificate = await applicant.page.locator('main a[href^="/certificates/"]').first().getAttribute('href');
  await applicant.go(certificate);
  const links = await applicant.page.locator(`main a[href^="${certificate}/"]`).evaluateAll((found) => found.map((link) => link.getAttribute('href')));
  const chain = links.find((path) => /chain.*\.pem$|\.pem$/.test(path));
  referees.write('own.pem', await (await applicant.context.request.get(base + chain)).body());
  await applicant.leave();

  await together(visitor, 'own.pem', 'own.p12');
  await visitor.go('/sign');
  await inStore(visitor, [['unlock', { password: PASSWORD }], ['import', { file: referees.read('own.p12'), password: FILE_PASSWORD }]]);
  await visitor.go('/sign');
  await chosen(visitor, 'file', 'note.txt');
  await choose(visitor, 'around');
  await act(visitor);
  const entries = await inStore(visitor, [['list', {}]]);
  const own = entries[0].find(({ isAuthority, authority }) => !isAuthority && !/Foreign/.test(authority));
  await answer(visitor, own.commonName ?? own.emails[0]);
  await result(visitor, 'sign-done');
  await keep(visitor, 'own.p7m');
  await verified(visitor, 'own.p7m', null, false, 'verify-good', 'status-not-asked');
  const before = traffic.sent.length;
  await visitor.page.getByRole('button', { name: said('status-ask') }).click();
  await visitor.page.getByText(said('status-good')).waitFor();
  const asked = traffic.sent.slice(before).map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  assert.deepEqual(asked.filter((one) => one.includes('/verify')), [`GET /verify/status/${asked.find((one) => one.includes('/status/')).split('/')[3]}/${own.serial}`]);
}

/** What a script in a page writes to what is kept is not run: neither in a page, whose policy comes from the service worker, nor as an asset. */
async function poisoned(visitor) {
  const worker = await visitor.page.evaluate(async () => {
    const headers = { 'content-type': 'text/html', 'content-security-policy': "script-src 'unsafe-inline'" };
    for (const name of await caches.keys()) {
      if (!name.startsWith('chancery-kept-')) continue;
      const cache = await caches.open(name);
      const page = '<!doctype html><title>kept</title><main>kept</main><script>document.title = "run"</script>';
      for (const language of ['en', 'cs']) await cache.put(`/decrypt?language=${language}`, new Response(page, { headers }));
      const found = (await cache.keys()).map(({ url }) => new URL(url).pathname).find((path) => path.startsWith('/assets/worker-'));
      await cache.put(found, new Response('postMessage("run")', { headers: { 'content-type': 'text/javascript' } }));
      return found;
    }
    return null;
  });
  assert.ok(worker, 'there is a worker to replace');
  const answer = await visitor.page.evaluate((address) => fetch(address, { cache: 'reload' }).then((response) => response.text(), () => null), worker);
  assert.ok(answer === null, 'an asset that was replaced is not served');
  await visitor.go('/decrypt');
  assert.equal(await visitor.text(), 'kept');
  assert.equal(await visitor.page.title(), 'kept');
}

/** The server stops, and the pages are still there; nobody's name is in what was kept. */
async function withoutNetwork() {
  const visitor = await Visitor.arrive(browser, base);
  await clickIn(visitor, 'Jana');
  await visitor.go('/sign');
  await visitor.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    for (let tries = 0; !navigator.serviceWorker.controller && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await visitor.go('/generator');
  const kept = await visitor.page.evaluate(async () => {
    const found = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        const { pathname, search } = new URL(request.url);
        found.push({ address: pathname + search, body: /html/.test(response.headers.get('content-type') ?? '') ? await response.text() : '' });
      }
    }
    return found;
  });
  const pages = kept.filter(({ body }) => body !== '');
  assert.deepEqual(
    pages.map(({ address }) => address).sort(),
    ['/decrypt', '/generator', '/settings/store', '/sign', '/verify'].flatMap((page) => [`${page}?language=cs`, `${page}?language=en`]).sort(),
  );
  for (const { address, body } of pages) {
    assert.ok(!/Nov[aá]kov|csrf|<form|log-?out/i.test(body.replaceAll(/data-words="[^"]*"/g, '')), `${address} is nobody's`);
  }
  process.kill(server, 'SIGTERM');
  for (;;) {
    const gone = await fetch(base, { signal: AbortSignal.timeout(2_000) }).then(() => false, () => true);
    if (gone) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  for (const path of ['/settings/store', '/sign', '/verify', '/decrypt', '/generator']) {
    await visitor.go(path);
    assert.ok(await visitor.page.locator('main [role=status]').first().isVisible(), path);
    // In the language of the page that was open last.
    await visitor.sees('Jste bez připojení');
    await visitor.page.locator('[data-island] form, [data-island] button').first().waitFor();
  }
  // And it works there, in the other language: a key is made without anybody.
  await visitor.go('/generator?language=en');
  await visitor.sees('You are offline');
  for (const [field, value] of [['cn', 'Nobody'], ['password', FILE_PASSWORD], ['again', FILE_PASSWORD]]) await visitor.page.locator(`main [name="${field}"]:visible`).fill(value);
  await act(visitor);
  await result(visitor, 'generator-request-done');
  await poisoned(visitor);
  // Other pages fail as they would without the service worker.
  await assert.rejects(visitor.go('/catalogue'));
  visitor.complaints.splice(0);
  await visitor.leave();
}
