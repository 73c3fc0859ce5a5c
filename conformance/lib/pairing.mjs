// A client of docs/reference/pairing.md, written by that page alone: the side that reads a code. It shares nothing with the portal's own.

import { createHash, createPrivateKey, createPublicKey, createSign, diffieHellman, generateKeyPairSync, hkdfSync, createDecipheriv, randomBytes } from 'node:crypto';

const LABEL = 'chancery-pairing/1';
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest();
const text = (octets) => Buffer.from(octets).toString('base64url');
const octets = (encoded) => Buffer.from(encoded, 'base64url');
const hkdf = (secret, salt, info, length) => Buffer.from(hkdfSync('sha256', secret, salt, info, length));

/** A text with its length before it. */
function measured(words) {
  const utf8 = Buffer.from(words);
  return Buffer.concat([Buffer.from([utf8.length >> 8, utf8.length & 255]), utf8]);
}

/** "The code". */
export function readCode(code) {
  const clean = code.toLowerCase().replace(/[\s-]/g, '');
  const way = { k: 'own-key', c: 'copy' }[clean[0]];
  let bits = '';
  for (const letter of clean.slice(1)) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0');
  if (!way || clean.length !== 27 || !bits.endsWith('00')) throw new Error('no code');
  return { way, secret: Buffer.from(bits.slice(0, 128).match(/.{8}/g).map((octet) => Number.parseInt(octet, 2))) };
}

/** "What both sides derive". */
export function derive({ origin, way, id, account, opening, peerKey, peerNonce, deviceKey, name, secret, shared }) {
  const transcript = sha256(
    `${LABEL} transcript`, measured(origin), [way === 'own-key' ? 1 : 2], Buffer.from(id, 'hex'), measured(account),
    opening, peerKey, peerNonce, deviceKey, measured(name),
  );
  const of = (purpose, length) => hkdf(shared, secret, Buffer.concat([Buffer.from(`${LABEL} ${purpose}`), transcript]), length);
  const digits = (of('digits', 8).readBigUInt64BE() % 1_000_000n).toString().padStart(6, '0');
  return { transcript, digits, confirmation: of('confirmation', 32), content: of('content', 32), password: text(of('password', 32)) };
}

export const mailboxOf = (secret) => hkdf(secret, Buffer.alloc(0), Buffer.from(`${LABEL} mailbox`), 32);
export const commitmentTo = (opening) => sha256(`${LABEL} commitment`, opening);

const P256 = { namedCurve: 'P-256' };
const uncompressed = (key) => {
  const { x, y } = key.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from([4]), octets(x), octets(y)]);
};
const fromPoint = (point) => createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: text(point.subarray(1, 33)), y: text(point.subarray(33, 65)) } });

/** DER (ITU-T X.690), as little as a certification request wants. */
function der(tag, ...contents) {
  const content = Buffer.concat(contents);
  const length = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** A certification request without a name (RFC 2986): the portal takes nothing of it but the key. */
function requestFor({ privateKey, publicKey }) {
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const info = der(0x30, der(0x02, Buffer.from([0])), der(0x30), spki, der(0xa0));
  const signature = createSign('sha256').update(info).sign(privateKey);
  const ecdsaWithSha256 = der(0x30, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
  return der(0x30, info, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
}

/** Why the portal did not. */
export class Refused extends Error {}

/** The portal under this origin. */
export class Portal {
  constructor(origin) {
    this.origin = origin;
  }

  async tell(step, message) {
    const response = await fetch(`${this.origin}/devices/api/${step}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(message),
    });
    const answer = await response.json();
    if (!response.ok) throw new Refused(answer.problem);
    return answer;
  }

  /** "Joining". */
  async join(code, name) {
    const { way, secret } = readCode(code);
    const ephemeral = generateKeyPairSync('ec', P256);
    const own = way === 'own-key' ? generateKeyPairSync('ec', P256) : null;
    const device = new Device(this, { way, secret, ephemeral, own, name });
    device.found = await this.tell('find', { mailbox: device.me.mailbox });
    await this.tell('join', { ...device.me, key: text(device.key), nonce: text(device.nonce), deviceKey: text(device.deviceKey), name });
    return device;
  }

  /** "Renewal": a signature by the present key over the next key's request. */
  async renew({ certificate, own }) {
    const next = generateKeyPairSync('ec', P256);
    const request = requestFor(next);
    const signature = createSign('sha256')
      .update(`chancery-device-renewal/1\n${this.origin}\n`)
      .update(request)
      .sign({ key: own.privateKey, dsaEncoding: 'ieee-p1363' });
    const renewed = await this.tell('renew', { certificate, request: text(request), signature: text(signature) });
    return { ...renewed, own: next };
  }
}

export class Device {
  constructor(portal, { way, secret, ephemeral, own, name }) {
    Object.assign(this, { portal, way, secret, ephemeral, own, name });
    this.key = uncompressed(ephemeral.publicKey);
    this.nonce = randomBytes(32);
    this.deviceKey = own ? sha256(own.publicKey.export({ format: 'der', type: 'spki' })) : Buffer.alloc(32);
    this.me = { mailbox: text(mailboxOf(secret)), reader: text(randomBytes(32)) };
  }

  look() {
    return this.portal.tell('look', this.me);
  }

  async until(found) {
    for (;;) {
      const view = await this.look();
      if (view.state === 'refused') throw new Refused('refused');
      const came = found(view);
      if (came) return came;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** "The digits": checks the commitment first. */
  async digits() {
    const opening = octets(await this.until((view) => view.opening));
    const { id, account, commitment, way } = this.found;
    if (text(commitmentTo(opening)) !== commitment || way !== this.way) throw new Error('not what was announced');
    const shared = diffieHellman({ privateKey: this.ephemeral.privateKey, publicKey: fromPoint(opening.subarray(0, 65)) });
    const { portal, secret, deviceKey, name } = this;
    this.agreed = derive({ origin: portal.origin, way, id, account, opening, peerKey: this.key, peerNonce: this.nonce, deviceKey, name, secret, shared });
    return this.agreed.digits;
  }

  confirm() {
    return this.portal.tell('confirm', { ...this.me, confirmation: text(this.agreed.confirmation) });
  }

  async certify() {
    await this.until((view) => view.state === 'approved');
    const issued = await this.portal.tell('certify', { ...this.me, request: text(requestFor(this.own)) });
    return { ...issued, own: this.own };
  }

  /** "A copy": the PKCS#12 file and its password. */
  async receive() {
    const sealed = octets(await this.until((view) => view.sealed));
    const decipher = createDecipheriv('aes-256-gcm', this.agreed.content, sealed.subarray(0, 12));
    decipher.setAAD(this.agreed.transcript);
    decipher.setAuthTag(sealed.subarray(-16));
    const file = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    await this.portal.tell('receive', this.me);
    return { file, password: this.agreed.password };
  }
}

/** The numbers of the page's test vector. */
export function vector() {
  const secret = Buffer.from(Array.from({ length: 16 }, (_, at) => at));
  const fixed = (first) => createPrivateKey({ format: 'jwk', key: keyOf(first) });
  const desktop = fixed('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721');
  const device = fixed('c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433');
  const opening = Buffer.concat([uncompressed(createPublicKey(desktop)), Buffer.alloc(32, 0x11)]);
  const shared = diffieHellman({ privateKey: desktop, publicKey: createPublicKey(device) });
  const agreed = derive({
    origin: 'https://portal.example', way: 'own-key', id: '000102030405060708090a0b0c0d0e0f', account: 'Jana Nováková', opening,
    peerKey: uncompressed(createPublicKey(device)), peerNonce: Buffer.alloc(32, 0x22), deviceKey: Buffer.alloc(32, 0x33), name: 'Chrome, Android', secret, shared,
  });
  return {
    mailbox: mailboxOf(secret).toString('hex'),
    'SHA-256 of mailbox': sha256(mailboxOf(secret)).toString('hex'),
    opening: opening.toString('hex'),
    commitment: commitmentTo(opening).toString('hex'),
    'ECDH secret': shared.toString('hex'),
    transcript: agreed.transcript.toString('hex'),
    digits: agreed.digits,
    confirmation: agreed.confirmation.toString('hex'),
    content: agreed.content.toString('hex'),
    password: agreed.password,
  };
}

/** The key with this secret number (RFC 6979 appendix A.2.5 and RFC 5903 section 8.1 have these). */
function keyOf(number) {
  const sec1 = der(0x30, der(0x02, Buffer.from([1])), der(0x04, Buffer.from(number, 'hex')), der(0xa0, der(0x06, Buffer.from('2a8648ce3d030107', 'hex'))));
  return createPrivateKey({ format: 'der', type: 'sec1', key: sec1 }).export({ format: 'jwk' });
}
