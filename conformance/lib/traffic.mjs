// Everything that a browser sends, and whether a secret is in it.
//
//     const traffic = await Traffic.begin();
//     const visitor = await Visitor.arrive(browser, base, traffic.settings);
//     traffic.watch(visitor.context);
//     ...
//     traffic.demandNone([text('password', PASSWORD), ...privateKey('key', pem), octets('content', content)]);
//     await traffic.end();
//
// The browser is told to use this as its proxy, for every host and for encrypted connections too. What a driver tells of requests leaves out the
// files of forms, and sometimes what workers ask; a proxy sees the octets, whoever in the browser sent them.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';

/** One request, or all that was sent over one WebSocket. */
class Sent {
  constructor(kind, method, url, rawHeaders) {
    Object.assign(this, { kind, method, url, pieces: [] });
    const lines = [];
    for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
    this.head = Buffer.from(`${method} ${url}\n${lines.join('\n')}\n\n`, 'latin1');
  }

  get body() {
    return Buffer.concat(this.pieces);
  }
}

/** Which of these secrets are in which of these contents: a sentence for each. */
export function search(contents, secrets) {
  for (const { name, octets } of secrets) assert.ok(octets.length >= 6, `${name} is too short to be looked for`);
  const needles = secrets.flatMap(needlesOf);
  const found = new Set();
  for (const { where, content } of contents) {
    const hay = haystacks(content);
    for (const { name, form, needle, field } of needles) {
      if (hay.some((one) => one[field].includes(needle))) found.add(`${name} (${form}) in ${where}`);
    }
  }
  return [...found];
}

/** A record of what contexts with its `settings` send. */
export class Traffic {
  /** Each request and each WebSocket, in their order. */
  sent = [];
  #told = [];
  #bases = new WeakMap();
  #sockets = new Set();

  static async begin() {
    const traffic = new Traffic();
    await new Promise((resolve) => traffic.server.listen(0, '127.0.0.1', resolve));
    return traffic;
  }

  constructor() {
    this.server = http.createServer((request, response) => this.#forward(request, response));
    this.server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.server.on('connect', (request, socket, head) => this.#tunnel(request.url, socket, head));
    this.server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.server.on('clientError', (_, socket) => socket.destroy());
  }

  /** For `browser.newContext`. */
  get settings() {
    return { proxy: { server: `http://127.0.0.1:${this.server.address().port}` }, ignoreHTTPSErrors: true };
  }

  /** Whatever this context is told to have fetched must be recorded here: nothing went past. */
  watch(context) {
    context.on('requestfinished', (request) => {
      const url = request.url().split('#')[0];
      if (/^https?:/.test(url)) this.#told.push(`${request.method()} ${url}`);
    });
  }

  /** What of these secrets is in what was sent, or in what was sent after the first so many: a sentence for each. */
  find(secrets, after = 0) {
    const sent = this.sent.slice(after);
    return search(sent.map(({ kind, method, url, head, body }) => ({ where: `${kind} ${method} ${url.slice(0, 100)}`, content: Buffer.concat([head, body]) })), secrets);
  }

  /** Fails if a secret was sent, or if something was sent that is not recorded. */
  demandNone(secrets) {
    const known = new Set(this.sent.map(({ method, url }) => `${method} ${url}`));
    assert.deepEqual([...new Set(this.#told)].filter((told) => !known.has(told)), [], 'requests that went past the record');
    assert.ok(this.sent.length > 0, 'nothing was recorded');
    assert.deepEqual(this.find(secrets), []);
  }

  async end() {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #note(kind, request, url) {
    const sent = new Sent(kind, request.method, url, request.rawHeaders);
    this.sent.push(sent);
    return sent;
  }

  #addressOf(request) {
    const base = this.#bases.get(request.socket);
    return base === undefined ? request.url : base + request.url;
  }

  #forward(request, response) {
    const url = this.#addressOf(request);
    const sent = this.#note('request', request, url);
    request.on('data', (piece) => sent.pieces.push(piece));
    if (!/^https?:\/\//.test(url)) {
      response.writeHead(400).end();
      return;
    }
    const headers = { ...request.headers };
    delete headers['proxy-connection'];
    const { request: ask } = url.startsWith('https:') ? https : http;
    const onward = ask(url, { method: request.method, headers, rejectUnauthorized: false }, (answer) => {
      response.writeHead(answer.statusCode, answer.statusMessage, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }

  /** CONNECT, for encrypted connections and WebSockets: what is inside is served as if it had come plainly. */
  #tunnel(host, socket, head) {
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const look = (first) => {
      socket.pause();
      socket.unshift(first);
      const isTls = first[0] === 0x16;
      const inner = isTls ? new tls.TLSSocket(socket, { isServer: true, ...impostor(), ALPNProtocols: ['http/1.1'] }) : socket;
      inner.on('error', () => inner.destroy());
      this.#bases.set(inner, `${isTls ? 'https' : 'http'}://${host.replace(isTls ? /:443$/ : /:80$/, '')}`);
      this.server.emit('connection', inner);
      if (!isTls) socket.resume();
    };
    if (head.length > 0) look(head);
    else socket.once('data', look);
  }

  #upgrade(request, socket, head) {
    const { protocol, hostname, port, pathname, search } = new URL(this.#addressOf(request));
    const isTls = protocol === 'https:';
    const sent = this.#note('WebSocket', request, this.#addressOf(request));
    const headers = [];
    for (let at = 0; at < request.rawHeaders.length; at += 2) {
      const name = request.rawHeaders[at];
      // Without extensions frames are not compressed.
      if (!/^(sec-websocket-extensions|proxy-.*)$/i.test(name)) headers.push(`${name}: ${request.rawHeaders[at + 1]}`);
    }
    const target = { host: hostname, port: Number(port) || (isTls ? 443 : 80), rejectUnauthorized: false };
    const onward = isTls ? tls.connect(target) : net.connect(target);
    for (const one of [socket, onward]) {
      one.on('error', () => one.destroy());
      this.#sockets.add(one);
    }
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
    onward.write(`GET ${pathname}${search} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    const frames = unmasked(sent.pieces);
    const take = (piece) => {
      frames(piece);
      onward.write(piece);
    };
    if (head.length > 0) take(head);
    socket.on('data', take);
    onward.pipe(socket);
  }
}

/** Takes the octets of a client's WebSocket and puts each frame's content into `pieces` (RFC 6455 section 5.2). */
function unmasked(pieces) {
  let rest = Buffer.alloc(0);
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    for (;;) {
      if (rest.length < 2) return;
      const short = rest[1] & 0x7f;
      const lengthOctets = short === 126 ? 2 : short === 127 ? 8 : 0;
      const begin = 2 + lengthOctets + 4;
      if (rest.length < begin) return;
      const length = lengthOctets === 2 ? rest.readUInt16BE(2) : lengthOctets === 8 ? Number(rest.readBigUInt64BE(2)) : short;
      if (rest.length < begin + length) return;
      const mask = rest.subarray(begin - 4, begin);
      pieces.push(Buffer.from(rest.subarray(begin, begin + length).map((octet, at) => octet ^ mask[at % 4])));
      rest = rest.subarray(begin + length);
    }
  };
}

let made;

/** A certificate for whatever host, which the contexts were told not to look at. */
function impostor() {
  if (made) return made;
  const folder = mkdtempSync(join(tmpdir(), 'traffic-'));
  const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=recorder -addext subjectAltName=DNS:localhost,IP:127.0.0.1';
  execFileSync('openssl', [...words.split(' '), '-keyout', 'key.pem', '-out', 'cert.pem'], { cwd: folder, stdio: 'ignore' });
  made = { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(join(folder, 'cert.pem')) };
  rmSync(folder, { recursive: true });
  return made;
}

/** A secret in words, such as a password: looked for in every encoding that pages and forms have. */
export function text(name, words) {
  const forms = new Map();
  for (const shape of ['NFC', 'NFD']) {
    const shaped = words.normalize(shape);
    for (const [encoding, octets] of [
      ['UTF-8', Buffer.from(shaped)],
      ['UTF-16LE', Buffer.from(shaped, 'utf16le')],
      ['UTF-16BE', Buffer.from(shaped, 'utf16le').swap16()],
      ...(/^[\0-\xff]*$/.test(shaped) ? [['Latin-1', Buffer.from(shaped, 'latin1')]] : []),
    ]) {
      forms.set(octets.toString('hex'), { name: `${name}, ${encoding}`, octets });
    }
  }
  return [...forms.values()];
}

/** A secret in octets, such as a decrypted message; pieces of it count. */
export function octets(name, content) {
  return [{ name, octets: Buffer.from(content) }];
}

/** The numbers of a private key (anything that Node's `createPrivateKey` takes), and the key as its PKCS#8 structure ends. */
export function privateKey(name, given) {
  const jwk = createPrivateKey(given).export({ format: 'jwk' });
  return ['d', 'p', 'q', 'dp', 'dq', 'qi']
    .filter((number) => jwk[number] !== undefined)
    .flatMap((number) => {
      const octets = Buffer.from(jwk[number], 'base64url');
      const digits = BigInt(`0x${octets.toString('hex')}`).toString(10);
      return [
        { name: `${name}, ${number}`, octets },
        { name: `${name}, ${number} backwards`, octets: Buffer.from(octets).reverse() },
        { name: `${name}, ${number} in decimal`, octets: Buffer.from(digits), isAscii: true },
      ];
    });
}

/** Octets of a secret that are looked for at once: any 31 of them in a row hold such a piece. */
const PIECE = 16;
/** Up to this a secret is looked for as a whole. */
const WHOLE = 40;

function piecesOf(octets) {
  if (octets.length <= WHOLE) return [octets];
  const pieces = [];
  for (let at = 0; at + PIECE <= octets.length; at += PIECE) pieces.push(octets.subarray(at, at + PIECE));
  pieces.push(octets.subarray(octets.length - PIECE));
  // A piece of one value, such as padding, is nobody's secret.
  return pieces.filter((piece) => new Set(piece).size > 4);
}

function needlesOf({ name, octets, isAscii = false }) {
  const needles = new Map();
  const add = (form, needle, field = 'plain') => needles.set(`${field} ${needle.toString('latin1')}`, { name, form, needle, field });
  for (const piece of piecesOf(octets)) {
    add('as it is', piece);
    if (isAscii) continue;
    add('hex', Buffer.from(piece.toString('hex')), 'hex');
    for (let shift = 0; shift < 3; shift += 1) {
      // What stands before and after changes the first and last letters: those in between are the secret's own.
      const encoded = Buffer.concat([Buffer.alloc(shift), piece, Buffer.alloc(2)]).toString('base64');
      const own = encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + piece.length) * 8) / 6));
      add('base64', Buffer.from(own), 'compact');
      add('base64url', Buffer.from(own.replaceAll('+', '-').replaceAll('/', '_')), 'compact');
    }
  }
  return [...needles.values()];
}

/** What was sent as it is and with escapes undone, each also without white space, and in small letters without separators. */
function haystacks(raw) {
  const asText = raw.toString('latin1');
  return [asText, unescaped(asText), unescaped(asText.replaceAll('+', ' '))].map((one) => ({
    plain: Buffer.from(one, 'latin1'),
    compact: Buffer.from(one.replaceAll(/\s|\\[rn]/g, ''), 'latin1'),
    hex: Buffer.from(one.replaceAll(/[\s:-]/g, '').toLowerCase(), 'latin1'),
  }));
}

/** Escapes of addresses, JSON and HTML undone; octets stand as Latin-1. */
function unescaped(asText) {
  return asText
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    .replaceAll(/\\u([0-9a-f]{4})|&#x([0-9a-f]{1,6});|&#([0-9]{1,7});/gi, (_, json, hex, decimal) =>
      Buffer.from(json ? String.fromCharCode(parseInt(json, 16)) : codePoint(hex ? parseInt(hex, 16) : Number(decimal))).toString('latin1'));
}

function codePoint(value) {
  return value <= 0x10ffff ? String.fromCodePoint(value) : '';
}

