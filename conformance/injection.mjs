// A script injected into a page of the portal, as if nothing kept it out: the policy is off. It may do whatever a page may do. It gets no key, no
// backup and no password from a locked or an unlocked store, and a guess at the password costs the whole derivation.
//
//   node injection.mjs '{"base":"http://127.0.0.1:8080","folder":"/tmp/x","browser":"chromium"}'

import assert from 'node:assert/strict';
import { launch, Visitor } from './lib/browser.mjs';
import { Referees } from './lib/foreign.mjs';
import { privateKey, search, text } from './lib/traffic.mjs';

const { base, folder, browser: name } = JSON.parse(process.argv[2]);
const referees = new Referees(folder);
const PASSWORD = 'čtyři lišky nad Vltavou 7';
const CONTENT = Buffer.alloc(100_000, 'Not for everybody. ');
const ROUNDS = 600_000;

for (const [key, algorithm] of [['rsa', 'RSA -pkeyopt rsa_keygen_bits:2048'], ['ec', 'EC -pkeyopt ec_paramgen_curve:P-256']]) {
  referees.openssl(`genpkey -algorithm ${algorithm} -out ${key}.pem`);
  referees.openssl(`req -x509 -new -key ${key}.pem -subj /CN=${key} -days 365 -out ${key}.cert.pem`);
  referees.openssl(`pkcs12 -export -inkey ${key}.pem -in ${key}.cert.pem -out ${key}.p12 -passout pass:secret-1`);
}
referees.write('content.txt', CONTENT);
referees.openssl('cms -encrypt -binary -outform DER -aes256 -in content.txt -out sealed.p7m -recip rsa.cert.pem');
const secrets = [
  ...text('password', PASSWORD),
  ...['rsa', 'ec'].flatMap((key) => privateKey(key, referees.read(`${key}.pem`))),
];

const browser = await launch('en', { name });
try {
  // A context takes no notice of policies; scripts are put in as an injection would.
  const visitor = await Visitor.arrive(browser, base, name === 'chromium' ? { bypassCSP: true } : {});
  const { page } = visitor;
  page.setDefaultTimeout(60_000);
  await visitor.go('/settings/store');
  const status = (wanted) => page.locator(`[data-island="store"][data-status="${wanted}"]`).waitFor({ timeout: 60_000 });
  await status('inactive');
  await page.locator('[name="new-password"]').fill(PASSWORD);
  await page.locator('[name="password-again"]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await status('unlocked');
  for (const key of ['rsa', 'ec']) {
    await page.locator('[name="file"]').setInputFiles({ name: 'a.p12', mimeType: 'application/x-pkcs12', buffer: referees.read(`${key}.p12`) });
    await page.locator('[name="file-password"]').fill('secret-1');
    await page.keyboard.press('Enter');
    await page.locator('.store-list a', { hasText: key }).first().waitFor();
  }

  // From here on nobody types a password.
  await page.evaluate(inject);
  await page.evaluate(() => globalThis.robbery.capture());
  const database = await page.evaluate(() => globalThis.robbery.dump());
  assert.equal(database.length > 2_000, true, 'the database was read');
  demandNone([{ where: 'the database', content: Buffer.from(database) }]);

  const open = await robs(page);
  assert.ok(open.some(({ request, gives }) => request.name === 'decrypt' && gives?.id), 'the store was open: what it is for can be asked of it');
  for (const { request, gives, problem } of open) {
    if (['export', 'deactivate', 'changePassword', 'unlock'].includes(request.name)) assert.ok(problem, JSON.stringify(request));
    if (gives instanceof Array) assert.ok(gives.every((one) => one?.pkcs8 === undefined));
  }
  await downgrade(page);
  await guess(page);

  await page.locator('.store-state button').click();
  await status('locked');
  const locked = await robs(page);
  for (const name of ['decrypt', 'sign', 'logIn', 'createKey', 'import', 'installCertificate', 'export']) {
    assert.ok(locked.filter(({ request }) => request.name === name).every(({ problem }) => problem), `${name} of a locked store`);
  }
  // A worker of its own knows no more.
  const own = await page.evaluate(() => globalThis.robbery.ownWorker());
  assert.deepEqual(own.map(({ problem }) => problem?.code), ['locked', 'locked', 'locked']);

  // Weak ones are refused by the worker itself, whatever a page says of them.
  for (const password of ['', 'heslo', 'password1', 'Jana1985', 'qwertyuiop', '12345678901234567890']) {
    const { problem } = await page.evaluate((newPassword) => globalThis.robbery.send('changePassword', { password: 'x', newPassword, words: [] }), password);
    assert.ok(['wrongPassword', 'wait', 'weakPassword'].includes(problem.code), password);
  }
  assert.equal((await page.evaluate(() => globalThis.robbery.send('reset', {}))).gives.status, 'inactive', 'deleting is all that is left');
  for (const password of ['', 'heslo', 'password1', 'Jana1985', 'qwertyuiop', '12345678901234567890']) {
    const { problem } = await page.evaluate((password) => globalThis.robbery.send('activate', { password, words: ['Jana'] }), password);
    assert.equal(problem?.code, 'weakPassword', password);
  }
} finally {
  await browser.close();
}

function demandNone(contents) {
  assert.deepEqual(search(contents, secrets), []);
}

/** Asks for everything that there is to ask for, in every way; nothing secret is in any answer. */
async function robs(page) {
  const ids = await page.evaluate(() => globalThis.robbery.ids());
  const sealed = referees.read('sealed.p7m').toString('base64');
  const answers = await page.evaluate(([ids, sealed]) => globalThis.robbery.askAll(ids, sealed), [ids, sealed]);
  assert.ok(answers.length > 60);
  demandNone(answers.map(({ request, octets }) => ({ where: JSON.stringify(request), content: Buffer.from(octets, 'base64') })));
  return answers;
}

/** A file with one round, put in beside the others, would say at no cost whether the password that it was made with is the store's. */
async function downgrade(page) {
  const words = ['pkcs12', '-export', '-inkey', 'ec.pem', '-in', 'ec.cert.pem', '-out', 'cheap.p12', '-passout', `pass:${PASSWORD}`];
  referees.run('openssl', [...words, '-iter', '1', '-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-nomac']);
  const outcome = await page.evaluate((file) => globalThis.robbery.downgrade(file), referees.read('cheap.p12').toString('base64'));
  assert.deepEqual(outcome.file, { code: 'altered' }, 'though its password is right');
  assert.deepEqual(outcome.check, { code: 'altered' }, 'the check of the password with one round');
}

/** What a guess costs who has a copy: as many rounds for the check as for each file, the file's own check of integrity included. */
async function guess(page) {
  const { rounds, files, ms } = await page.evaluate((rounds) => globalThis.robbery.guess(rounds), ROUNDS);
  assert.equal(rounds, ROUNDS);
  for (const counts of files) assert.deepEqual([...new Set(counts)], [ROUNDS], 'PBMAC1 and PBES2 alike');
  assert.ok(files.every((counts) => counts.length >= 2));
  assert.ok(ms > 20, `${ms} ms`);
  console.log(JSON.stringify({ guessMs: Math.round(ms) }));
}

/** The injected script. */
function inject() {
  const robbery = {};
  globalThis.robbery = robbery;

  /** The page's own worker: the next message to it, or from it, shows it. */
  const post = Worker.prototype.postMessage;
  let worker;
  Worker.prototype.postMessage = function (...given) {
    worker = this;
    return post.apply(this, given);
  };
  // Classes of the page and of the language are polluted as well.
  const stolen = [];
  for (const [prototype, method] of [[Map.prototype, 'set'], [Map.prototype, 'get'], [Promise.prototype, 'then'], [Array.prototype, 'push'], [EventTarget.prototype, 'dispatchEvent']]) {
    const own = prototype[method];
    prototype[method] = function (...given) {
      if (stolen.length < 5_000 && typeof given[0] !== 'function') stolen[stolen.length] = given[0];
      return own.apply(this, given);
    };
  }
  for (const name of ['password', 'key', 'pkcs8', 'storeKey', 'profile', 'filePassword']) Object.defineProperty(Object.prototype, name, { value: 'x', configurable: true, writable: true });
  for (const name of ['importKey', 'exportKey', 'deriveBits', 'deriveKey', 'sign', 'decrypt']) {
    const own = SubtleCrypto.prototype[name];
    SubtleCrypto.prototype[name] = function (...given) {
      stolen[stolen.length] = given;
      return own.apply(this, given);
    };
  }

  robbery.capture = async () => {
    // The page asks its worker whenever another tab says something.
    new BroadcastChannel('chancery-store').postMessage('changed');
    for (let n = 0; n < 100 && !worker; n += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    if (!worker) throw new Error('the worker was not found');
    for (const name of ['password', 'key', 'pkcs8', 'storeKey', 'profile', 'filePassword']) delete Object.prototype[name];
  };

  let last = 1_000_000;
  const speak = (to, name, takes) =>
    new Promise((resolve) => {
      last += 1;
      const number = last;
      const hear = ({ data }) => {
        if (data.number !== number) return;
        to.removeEventListener('message', hear);
        resolve(data);
      };
      to.addEventListener('message', hear);
      try {
        post.call(to, { number, name, takes });
      } catch (error) {
        resolve({ problem: { code: 'notCloned', detail: String(error) } });
      }
    });
  robbery.send = (name, takes) => speak(worker, name, takes);
  robbery.ids = async () => (await robbery.send('list', {})).gives.map(({ id }) => id);

  const open = () =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open('chancery-store');
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  const all = async (name) => {
    const database = await open();
    const asked = database.transaction(name).objectStore(name).getAll();
    return new Promise((resolve) => (asked.onsuccess = () => (database.close(), resolve(asked.result))));
  };
  const put = async (name, value, key) => {
    const database = await open();
    const transaction = database.transaction(name, 'readwrite');
    transaction.objectStore(name).put(value, key);
    return new Promise((resolve) => (transaction.oncomplete = () => (database.close(), resolve())));
  };

  /** Octets of whatever can be sent between threads. */
  const flat = async (value, depth = 0) => {
    if (depth > 8) return '';
    if (value instanceof Blob) return flat(new Uint8Array(await value.arrayBuffer()), depth + 1);
    if (value instanceof CryptoKey) return `CryptoKey ${value.extractable}`;
    if (ArrayBuffer.isView(value)) return Array.from(value, (octet) => String.fromCharCode(octet)).join('');
    if (value !== null && typeof value === 'object') {
      let out = '';
      for (const [key, inner] of Object.entries(value)) out += `${key}: ${await flat(inner, depth + 1)}\n`;
      return out;
    }
    return unescape(encodeURIComponent(String(value)));
  };
  robbery.dump = async () => Array.from(await flat([await all('meta'), await all('certificates'), await all('pending')]), (one) => one.charCodeAt(0) & 255);

  robbery.askAll = async (ids, sealed) => {
    const message = new Blob([Uint8Array.from(atob(sealed), (one) => one.charCodeAt(0))]);
    const records = await all('certificates');
    const [record] = records;
    const file = new Blob([record?.file ?? new Uint8Array(3)]);
    const odd = [undefined, null, '', '-', {}, [], 0, true, new Uint8Array(32), '\u0000', 'čtyři'];
    const requests = [];
    const add = (name, takes) => requests.push({ name, takes });
    for (const id of [...ids, '', '__proto__', null, ids]) {
      add('details', { id });
      add('logIn', { id, nonce: 'bm9uY2U=' });
      add('sign', { id, content: message, detached: true });
      add('decrypt', { message, id });
      for (const password of odd) add('export', { id, password, profile: 'modern', filePassword: 'abc' });
    }
    for (const profile of ['stored', 'legacy', 'none', null, {}]) add('export', { id: ids[0], password: '', profile, filePassword: '' });
    for (const password of odd) {
      add('convertFile', { file, password, profile: 'modern', filePassword: 'abc' });
      add('makeFile', { key: file, keyPassword: password, certificates: file, profile: 'stored', filePassword: 'abc' });
      add('import', { file, password });
    }
    add('changePassword', { password: '', newPassword: 'zcela nové heslo útočníka', words: [] });
    add('deactivate', { password: '' });
    add('unlock', { password: '' });
    add('createKey', { key: 'ec:p256', content: { subject: [], emails: [] } });
    add('pendingKeys', {});
    add('installCertificate', { file: new Blob([record?.certificate ?? new Uint8Array()]) });
    add('strength', { password: 'x', words: [] });
    for (const name of ['state', 'list', 'signBytes', 'constructor', '__proto__', 'toString', 'openAll', 'useKey', 'hasOwnProperty', 'useKey', '']) add(name, {});
    const answers = [];
    for (const request of requests) {
      const said = await Promise.race([robbery.send(request.name, request.takes), new Promise((resolve) => setTimeout(() => resolve({ problem: { code: 'silent' } }), 20_000))]);
      const text = await flat(said);
      answers[answers.length] = {
        request: { name: request.name, takes: Object.keys(request.takes ?? {}) },
        gives: said.gives && { id: said.gives.id },
        problem: said.problem,
        octets: btoa(Array.from(text, (one) => String.fromCharCode(one.charCodeAt(0) & 255)).join('')),
      };
    }
    const text = await flat(stolen);
    answers[answers.length] = { request: { name: 'what hooks saw' }, octets: btoa(Array.from(text, (one) => String.fromCharCode(one.charCodeAt(0) & 255)).join('')) };
    return answers;
  };

  robbery.downgrade = async (file) => {
    const [record] = await all('certificates');
    const id = 'f'.repeat(64);
    await put('certificates', { ...record, id, file: Uint8Array.from(atob(file), (one) => one.charCodeAt(0)) });
    const { problem } = await robbery.send('logIn', { id, nonce: 'bm9uY2U=' });
    const database = await open();
    const transaction = database.transaction('certificates', 'readwrite');
    transaction.objectStore('certificates').delete(id);
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
    const meta = (await all('meta'))[0];
    await put('meta', { ...meta, rounds: 1, failures: 0, waitUntilMs: 0 }, 'store');
    const { problem: check } = await robbery.send('unlock', { password: 'x' });
    await put('meta', { ...meta, failures: 0, waitUntilMs: 0 }, 'store');
    return { file: problem ?? null, check };
  };

  robbery.guess = async (rounds) => {
    const meta = (await all('meta'))[0];
    const files = (await all('certificates')).map(({ file }) => {
      const counts = [];
      // PBKDF2-params: salt OCTET STRING, then the count.
      for (let at = 2; at + 5 < file.length; at += 1) {
        const [tag, length] = [file[at], file[at + 1]];
        if (tag !== 4 || (length !== 16 && length !== 8 && length !== 32)) continue;
        const next = at + 2 + length;
        if (file[next] !== 2 || file[next + 1] > 4) continue;
        let count = 0;
        for (let by = 0; by < file[next + 1]; by += 1) count = count * 256 + file[next + 2 + by];
        counts[counts.length] = count;
      }
      return counts;
    });
    const times = [];
    for (let n = 0; n < 3; n += 1) {
      // Firefox knows the outcome of a guess that it has made already.
      const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(`guess ${n}`), 'PBKDF2', false, ['deriveBits']);
      const start = performance.now();
      await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: meta.salt, iterations: rounds }, key, 256);
      times[n] = performance.now() - start;
    }
    return { rounds: meta.rounds, files, ms: Math.min(...times) };
  };

  robbery.ownWorker = async () => {
    const [address] = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/assets/worker-'));
    const types = globalThis.trustedTypes;
    let script = address;
    try {
      script = types?.createPolicy('mine', { createScriptURL: (one) => one }).createScriptURL(address) ?? address;
    } catch {
      // The policy allows no other: then there is no worker either.
    }
    const mine = new Worker(script, { type: 'module' });
    const answers = [];
    const [{ id }] = await all('certificates');
    for (const [name, takes] of [['logIn', { id, nonce: 'bm9uY2U=' }], ['sign', { id, content: new Blob(['x']), detached: true }], ['createKey', { key: 'ec:p256', content: { subject: [], emails: [] } }]]) {
      const { gives, problem } = await speak(mine, name, takes);
      answers[answers.length] = { gives: gives !== undefined, problem };
    }
    mine.terminate();
    return answers;
  };
}
