// Pairs devices in a real browser, one context as the desktop and one as the telephone: a key of its own and log-in with it, a copy, the wrong code, an
// eavesdropper who comes first, a relay that replaces keys, refusal on either side, renewal, revocation; and a program that knows
// docs/reference/pairing.md alone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { clickIn, launch, mailTo, speak, Visitor } from './lib/browser.mjs';
import { Portal, Refused, vector } from './lib/pairing.mjs';
import { privateKey, text, Traffic } from './lib/traffic.mjs';
import { words } from './lib/words.mjs';

const { base, folder, docs } = JSON.parse(process.argv[2]);
const PERSON = 'Jana';
const STORE_PASSWORD = 'velbloud pod okapem 7';
const PHONE_PASSWORD = 'kobyla na mezi 13 hop';
const FILE_PASSWORD = 'tajne heslo souboru';
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const DAY = 86_400_000;
const word = words('en');

const browser = await launch();
const traffic = await Traffic.begin();
const codes = [];
/** Whether the relay between is to be wicked now. */
const relay = { opening: false, peer: false };

async function arrive(options = {}) {
  const visitor = await Visitor.arrive(browser, base, { ...options, ...traffic.settings });
  traffic.watch(visitor.context);
  return visitor;
}

const button = (visitor, name) => visitor.page.getByRole('button', { name, exact: true });
const says = (visitor, words) => visitor.page.getByText(words).first().waitFor();

/** Asks the page's own store; the module of the page has it. */
function ask(visitor, name, takes = {}) {
  return visitor.page.evaluate(async ([name, takes]) => {
    const { Store } = await import(document.querySelector('script[src*="/store-"]').src);
    globalThis.asked ??= new Store();
    return globalThis.asked.ask(name, takes);
  }, [name, takes]);
}

/** Logs in by the device's own key, and waits for the answer. */
async function logInByDevice(visitor) {
  await Promise.all([visitor.page.waitForEvent('load'), button(visitor, word('pair-log-in')).click()]);
}

/** Shows a code on the desktop; gives it as people would type it. */
async function showCode(desk, way = 'own-key') {
  await desk.go('/settings/devices');
  await desk.page.locator(`input[value="${way}"]`).check();
  await button(desk, 'Show the code').click();
  if (way === 'copy') {
    const dialog = desk.page.locator('dialog');
    await dialog.getByRole('button', { name: 'Show the code' }).click();
  }
  await desk.page.locator('.qr-code').waitFor();
  await desk.page.locator('summary', { hasText: 'camera' }).click();
  const code = await desk.page.locator('.pairing-code').innerText();
  codes.push(code.replaceAll('-', ''));
  return code;
}

/** Opens the code's address on the telephone. */
async function scan(phone, code, name = 'Test telephone') {
  await phone.page.goto('about:blank');
  await phone.go(`/devices/pair#${code.replaceAll('-', '')}`);
  const field = phone.page.locator('input[name="name"]');
  await field.fill(name);
  assert.equal(new URL(phone.page.url()).hash, '', 'the code is gone from the address');
  await button(phone, 'Continue').click();
}

const digits = async (visitor) => {
  await visitor.page.locator('.pairing-digits').waitFor();
  return visitor.page.locator('.pairing-digits').innerText();
};

async function ownKey(desk, phone, name) {
  await scan(phone, await showCode(desk), name);
  const [there, here] = await Promise.all([digits(desk), digits(phone)]);
  assert.match(here, /^\d{3} \d{3}$/);
  assert.equal(there, here);
  await phone.sees(PERSON, 'Sandbox');
  await button(phone, 'They are the same').click();
  await button(desk, 'They are the same').click();
  await says(phone, 'This device is paired');
  await says(desk, 'The device is paired');
}

const desk = await arrive();
const phone = await arrive(PHONE);
await clickIn(desk, PERSON);
await speak(desk, 'en');

// The page and this program compute the same.
const page = readFileSync(join(docs, 'reference/pairing.md'), 'utf8');
for (const [name, value] of Object.entries(vector())) assert.ok(page.includes(value), `the page's test vector has no ${name} ${value}`);

// A key of its own.
await ownKey(desk, phone, 'Test telephone');
const paired = await ask(phone, 'device');
assert.equal(paired.certificate.purposes.join(), 'clientAuth');
assert.equal(paired.certificate.commonName, `Device ${paired.device.slice(0, 8)}`, 'nobody\'s own word is certified');
const keyKept = await phone.page.evaluate(async () => {
  const open = indexedDB.open('chancery-device');
  const database = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
  const get = database.transaction('device').objectStore('device').get('device');
  const { key } = await new Promise((resolve) => (get.onsuccess = () => resolve(get.result)));
  return { extractable: key.extractable, exported: await crypto.subtle.exportKey('pkcs8', key).then(() => true, () => false) };
});
assert.deepEqual(keyKept, { extractable: false, exported: false });
await desk.go('/settings/devices');
await desk.sees('Test telephone', 'Logs in with a key of its own');

// It logs in; and whoever finds that session open does not pair another device with it.
await logInByDevice(phone);
assert.equal(await phone.go('/settings/devices'), 200);
await phone.sees('Test telephone', word('devices-own-key'));
await phone.page.locator('input[value="own-key"]').check();
await Promise.all([phone.page.waitForEvent('load'), button(phone, 'Show the code').click()]);
await phone.sees(word('confirm-title'), word('confirm-act-device'));

// Codes that are none, or nobody's, or somebody else's already.
const other = await arrive(PHONE);
await other.go('/devices/pair');
for (const [typed, answer] of [['abc', 'not a code'], [`k${'a'.repeat(26)}`, 'not valid any more']]) {
  await other.page.locator('input[name="code"]').fill(typed);
  await button(other, 'Continue').click();
  await says(other, answer);
}
const shared = await showCode(desk);
await scan(other, shared, 'Thief');
await digits(other);
const late = await arrive(PHONE);
await scan(late, shared, 'Test telephone');
await says(late, 'Another device has read this code');
// Whoever came first is seen by name, and by digits that nobody else shows.
await says(desk, 'Thief');
await button(desk, 'They differ').click();
await says(desk, 'Nothing was paired');
await says(other, 'cancelled on the other side');

// Refused on the device.
await scan(other, await showCode(desk), 'Refusing');
await digits(other);
await button(other, 'They differ').click();
await says(desk, 'cancelled on the other side');

// A relay that opens another commitment, and one that puts its own key in the device's place.
await other.page.route('**/devices/api/look', async (route) => {
  const response = await route.fetch();
  const answer = await response.json();
  if (relay.opening && answer.opening) answer.opening = answer.opening.replace(/^.{90}/, (begin) => begin.slice(0, 88) + (begin.endsWith('AA') ? 'BB' : 'AA'));
  await route.fulfill({ response, json: answer });
});
relay.opening = true;
await scan(other, await showCode(desk), 'Relayed');
await says(other, 'not what was announced');
relay.opening = false;
await desk.page.route('**/look', async (route) => {
  const response = await route.fetch();
  const answer = await response.json();
  if (relay.peer && answer.peer) answer.peer.nonce = Buffer.alloc(32, 7).toString('base64url');
  await route.fulfill({ response, json: answer });
});
relay.peer = true;
await scan(other, await showCode(desk), 'Relayed');
const [seenThere, seenHere] = await Promise.all([digits(desk), digits(other)]);
assert.notEqual(seenThere, seenHere, 'the digits differ when something was replaced');
// Even if nobody compares them, nothing comes of it.
await button(desk, 'They are the same').click();
await button(other, 'They are the same').click();
await says(desk, 'not what was announced');
await says(other, 'cancelled on the other side');
relay.peer = false;
await desk.page.unroute('**/look');

// A program that knows the page alone.
const portal = new Portal(base);
const program = await portal.join(await showCode(desk), 'A program');
const shownBy = await program.digits();
assert.equal((await digits(desk)).replace(' ', ''), shownBy);
await button(desk, 'They are the same').click();
await program.confirm();
const issued = await program.certify();
await says(desk, 'The device is paired');
const renewed = await portal.renew(issued);
assert.notEqual(renewed.certificate, issued.certificate);
await assert.rejects(portal.renew(issued), (error) => error instanceof Refused && error.message === 'superseded');

// It renews itself when it is about to log in after a week, and does so with the new key.
await phone.context.clearCookies();
await phone.page.clock.setFixedTime(Date.now() + 8 * DAY);
await phone.go('/login');
await phone.page.getByRole('link', { name: word('pair-log-in') }).waitFor();
const again = await ask(phone, 'device');
assert.equal(again.device, paired.device);
assert.notEqual(again.certificate.serial, paired.certificate.serial);
assert.notEqual(again.certificate.keyId, paired.certificate.keyId, 'a new key each time');
await phone.page.clock.setFixedTime(Date.now());
await phone.page.getByRole('link', { name: word('pair-log-in') }).click();
await says(phone, 'This device is paired');
await logInByDevice(phone);
assert.equal(await phone.go('/settings/devices'), 200);
await phone.sees('Test telephone');

// Renamed, then revoked: it is told when it comes back.
await desk.go('/settings/devices');
await desk.page.locator('.device', { hasText: 'Test telephone' }).getByRole('link', { name: 'Rename' }).click();
await desk.fill({ name: 'My telephone' });
await desk.submit(new URL(desk.page.url()).pathname);
await desk.sees('My telephone');
await desk.page.locator('.device', { hasText: 'My telephone' }).getByRole('link', { name: 'Revoke' }).click();
await desk.fill({ lost: true });
await desk.submit(new URL(desk.page.url()).pathname);
await desk.sees('revoked');
await phone.go('/settings/devices');
assert.equal(phone.path(), '/login', 'its session has ended');
await phone.go('/devices/pair');
await logInByDevice(phone);
await phone.sees(word('certificate-log-in-revoked-title'));
await phone.page.clock.setFixedTime(Date.now() + 8 * DAY);
await phone.go('/devices/pair');
await says(phone, 'This device was revoked');

// A copy: a certificate with its key out of a file, into the desktop's store, and from there into the telephone's.
const openssl = (...words) => execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'copy.key', '-out', 'copy.pem', '-subj', '/CN=Copied', '-days', '90');
openssl('pkcs12', '-export', '-inkey', 'copy.key', '-in', 'copy.pem', '-out', 'copy.p12', '-passout', `pass:${FILE_PASSWORD}`);
const file = readFileSync(join(folder, 'copy.p12')).toString('base64');
await desk.go('/settings/devices');
await desk.page.evaluate(async ([file, password, filePassword]) => {
  const { Store } = await import(document.querySelector('script[src*="/store-"]').src);
  const store = new Store();
  await store.ask('activate', { password, words: [] });
  const octets = Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
  await store.ask('import', { file: new Blob([octets]), password: filePassword });
}, [file, STORE_PASSWORD, FILE_PASSWORD]);
await scan(phone, await showCode(desk, 'copy'), 'Copy holder');
const setUp = phone.page.locator('dialog');
await setUp.locator('input[name="password"]').fill(PHONE_PASSWORD);
await setUp.locator('input[name="repeated"]').fill(PHONE_PASSWORD);
await setUp.getByRole('button', { name: 'Set up local storage' }).click();
assert.equal(await digits(desk), await digits(phone));
await button(phone, 'They are the same').click();
await button(desk, 'They are the same').click();
// Its password is typed for this; a wrong one sends nothing.
const dialog = desk.page.locator('dialog');
await dialog.locator('input[name="password"]').fill('something else entirely');
await dialog.getByRole('button', { name: 'Encrypt and send' }).click();
await says(desk, 'The password is not right.');
await dialog.locator('input[name="password"]').fill(STORE_PASSWORD);
await dialog.getByRole('button', { name: 'Encrypt and send' }).click();
await says(phone, 'Copied');
await says(desk, 'The device is paired');
const [entry] = await ask(phone, 'list');
assert.equal(entry.commonName, 'Copied');
await desk.go('/settings/devices');
await desk.sees('Copy holder', 'Holds a copy of a certificate', 'CN=Copied');

// The holder was told, and the server saw nothing of what it carried.
await mailTo(desk, 'jana', /A device was paired with your account[^]*Test telephone/i);
const key = readFileSync(join(folder, 'copy.key'), 'utf8');
traffic.demandNone([
  ...privateKey('key', key),
  ...[STORE_PASSWORD, PHONE_PASSWORD, FILE_PASSWORD].flatMap((password) => text('password', password)),
  ...codes.flatMap((code) => text('code', code)),
]);
for (const visitor of [desk, phone, other, late]) {
  // A code that somebody else has read, and a refused renewal, are refusals as they should be.
  visitor.complaints = visitor.complaints.filter((text) => !/status of 409/.test(text));
  await visitor.leave();
}
await browser.close();
await traffic.end();
console.log('devices paired, renewed and revoked; nobody between learnt or replaced anything');
