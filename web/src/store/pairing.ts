// The exchange between two devices of one person, as docs/reference/pairing.md has it: whoever carries the messages learns nothing and
// replaces nothing without the digits differing. What is secret stays in this worker.

import { deviceKeyPair, dropFresh, freshDigest } from "./device";
import { refuse } from "./problem";
import type { Entry } from "./protocol";
import type { Found, Peer, Way } from "./pairing-protocol";
import * as store from "./store";

type Octets = Uint8Array<ArrayBuffer>;

const LABEL = "chancery-pairing/1";
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const SECRET = 16;
const CODE_LENGTH = 26;
const POINT = 65;
const NONCE = 32;
const IV = 12;
const DIGITS = 6;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const WAYS: Record<string, { way: Way; number: number }> = {
  k: { way: "own-key", number: 1 },
  c: { way: "copy", number: 2 },
};

const utf8 = (text: string): Octets => new TextEncoder().encode(text);

export function toText(octets: Uint8Array): string {
  const binary = Array.from(octets, (octet) => String.fromCharCode(octet)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function toOctets(text: string, length?: number): Octets {
  let binary: string;
  try {
    binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return refuse({ code: "pairing", reason: "other" });
  }
  const octets = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (length !== undefined && octets.length !== length) return refuse({ code: "pairing", reason: "other" });
  return octets;
}

function joined(...parts: Uint8Array[]): Octets {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A text with its length in two octets before it, so that no two transcripts read the same. */
function measured(text: string): Octets {
  const octets = utf8(text);
  return joined(new Uint8Array([octets.length >> 8, octets.length & 0xff]), octets);
}

export async function sha256(octets: Octets): Promise<Octets> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", octets));
}

async function hkdf(secret: Octets, salt: Octets, info: Octets, length: number): Promise<Octets> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, 8 * length));
}

/** The letter of the way, then RFC 4648's base32 in small letters. */
function codeOf(way: Way, secret: Octets): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const octet of secret) {
    held = (held << 8) | octet;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  if (bits > 0) text += ALPHABET[(held << (5 - bits)) & 31];
  const [letter] = Object.entries(WAYS).find(([, known]) => known.way === way) ?? [];
  return `${letter}${text}`;
}

function readCode(typed: string): { way: Way; secret: Octets } {
  const text = typed.toLowerCase().replace(/[\s-]/g, "");
  const way = WAYS[text.charAt(0)]?.way;
  const digits = [...text.slice(1)].map((character) => ALPHABET.indexOf(character));
  if (way === undefined || digits.length !== CODE_LENGTH || digits.includes(-1)) return refuse({ code: "pairing", reason: "code" });
  const secret = new Uint8Array(SECRET);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    held = ((held & 0xff) << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      secret[at] = (held >> bits) & 0xff;
      at += 1;
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) return refuse({ code: "pairing", reason: "code" });
  return { way, secret };
}

/** The name of the mailbox, which the server knows by its digest until the device shows it. */
function mailboxOf(secret: Octets): Promise<Octets> {
  return hkdf(secret, new Uint8Array(), utf8(`${LABEL} mailbox`), 32);
}

function commitmentTo(opening: Octets): Promise<Octets> {
  return sha256(joined(utf8(`${LABEL} commitment`), opening));
}

interface Said {
  id: string;
  way: Way;
  account: string;
  name: string;
  opening: Octets;
  peerKey: Octets;
  peerNonce: Octets;
  deviceKey: Octets;
}

/** Everything that both sides said, as one digest. The origin is the worker's own, never a page's word. */
function transcriptOf(said: Said): Promise<Octets> {
  const number = Object.values(WAYS).find(({ way }) => way === said.way)?.number ?? 0;
  const id = Uint8Array.from(said.id.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (id.length !== 16) return refuse({ code: "pairing", reason: "other" });
  return sha256(
    joined(
      utf8(`${LABEL} transcript`), measured(self.location.origin), new Uint8Array([number]), id, measured(said.account),
      said.opening, said.peerKey, said.peerNonce, said.deviceKey, measured(said.name),
    ),
  );
}

/** What both sides derive. */
interface Agreed {
  transcript: Octets;
  derive(purpose: string, length: number): Promise<Octets>;
}

async function agree(own: CryptoKey, other: Octets, secret: Octets, transcript: Octets): Promise<Agreed> {
  let shared: Octets;
  try {
    const peer = await crypto.subtle.importKey("raw", other, CURVE, false, []);
    shared = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: peer }, own, 256));
  } catch {
    return refuse({ code: "pairing", reason: "other" });
  }
  return { transcript, derive: (purpose, length) => hkdf(shared, secret, joined(utf8(`${LABEL} ${purpose}`), transcript), length) };
}

async function digitsOf(agreed: Agreed): Promise<string> {
  const octets = await agreed.derive("digits", 8);
  const number = new DataView(octets.buffer).getBigUint64(0) % BigInt(10 ** DIGITS);
  return number.toString().padStart(DIGITS, "0");
}

async function freshKey(): Promise<{ key: CryptoKey; point: Octets }> {
  const pair = (await crypto.subtle.generateKey(CURVE, false, ["deriveBits"])) as CryptoKeyPair;
  return { key: pair.privateKey, point: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)) };
}

function nothing(): never {
  return refuse({ code: "pairing", reason: "order" });
}

/** The desktop's side of what is under way in this page. */
interface Desk {
  way: Way;
  secret: Octets;
  key: CryptoKey;
  opening: Octets;
  agreed?: Agreed;
  /** Whether the device proved that it shows the same digits. */
  isConfirmed: boolean;
}

let desk: Desk | undefined;

export async function offer(way: Way): Promise<{ code: string; mailbox: string; commitment: string }> {
  const secret = crypto.getRandomValues(new Uint8Array(SECRET));
  const { key, point } = await freshKey();
  const opening = joined(point, crypto.getRandomValues(new Uint8Array(NONCE)));
  desk = { way, secret, key, opening, isConfirmed: false };
  const [mailbox, commitment] = await Promise.all([mailboxOf(secret).then(sha256), commitmentTo(opening)]);
  return { code: codeOf(way, secret), mailbox: toText(mailbox), commitment: toText(commitment) };
}

/** Once for each offer: a second device would learn to what the first one was committed. */
export async function meet(id: string, account: string, peer: Peer): Promise<{ digits: string; opening: string }> {
  const { way, secret, key, opening, agreed: before } = desk ?? nothing();
  if (!desk || before) return nothing();
  const peerKey = toOctets(peer.key, POINT);
  const said = { id, way, account, name: peer.name, opening, peerKey, peerNonce: toOctets(peer.nonce, NONCE), deviceKey: toOctets(peer.deviceKey, 32) };
  const agreed = await agree(key, peerKey, secret, await transcriptOf(said));
  desk.agreed = agreed;
  return { digits: await digitsOf(agreed), opening: toText(opening) };
}

export async function confirmed(confirmation: string): Promise<boolean> {
  if (!desk?.agreed) return nothing();
  const [expected, given] = [await desk.agreed.derive("confirmation", 32), toOctets(confirmation, 32)];
  const differing = expected.reduce((sum, octet, at) => sum | (octet ^ (given[at] ?? 0)), 0);
  desk.isConfirmed = differing === 0;
  return desk.isConfirmed;
}

/** The password of the file that is sealed: nobody types it. */
async function filePassword(agreed: Agreed): Promise<string> {
  return toText(await agreed.derive("password", 32));
}

async function contentKey(agreed: Agreed, use: KeyUsage): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", await agreed.derive("content", 32), "AES-GCM", false, [use]);
}

export async function seal(id: string, password: string): Promise<string> {
  const { agreed, isConfirmed, way } = desk ?? nothing();
  if (!agreed || !isConfirmed || way !== "copy") return nothing();
  const blob = await store.exportFile(id, password, "modern", await filePassword(agreed));
  const file = new Uint8Array(await blob.arrayBuffer());
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const algorithm = { name: "AES-GCM", iv, additionalData: agreed.transcript };
  const sealed = await crypto.subtle.encrypt(algorithm, await contentKey(agreed, "encrypt"), file);
  file.fill(0);
  // Sealed once: a nonce is not used again, and neither is the key.
  desk = undefined;
  return toText(joined(iv, new Uint8Array(sealed)));
}

/** The device's side. */
interface Phone {
  way: Way;
  secret: Octets;
  answered?: { found: Found; name: string; key: CryptoKey; point: Octets; nonce: Octets; deviceKey: Octets };
  agreed?: Agreed;
}

let phone: Phone | undefined;

export async function read(code: string): Promise<{ way: Way; mailbox: string; reader: string }> {
  const { way, secret } = readCode(code);
  phone = { way, secret };
  const reader = crypto.getRandomValues(new Uint8Array(32));
  return { way, mailbox: toText(await mailboxOf(secret)), reader: toText(reader) };
}

/** Made only now, and once: what it was told before is what it computes with. */
export async function answer(found: Found, name: string): Promise<{ key: string; nonce: string; deviceKey: string }> {
  const { way, answered } = phone ?? nothing();
  if (!phone || answered) return nothing();
  if (found.way !== way) return refuse({ code: "pairing", reason: "other" });
  const { key, point } = await freshKey();
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  dropFresh();
  if (way === "own-key") await deviceKeyPair();
  const deviceKey = way === "own-key" ? await freshDigest() : new Uint8Array(32);
  phone.answered = { found, name, key, point, nonce, deviceKey };
  return { key: toText(point), nonce: toText(nonce), deviceKey: toText(deviceKey) };
}

export async function check(opened: string): Promise<{ digits: string; confirmation: string }> {
  const { way, secret, answered, agreed: before } = phone ?? nothing();
  if (!phone || !answered || before) return nothing();
  const { found, name, key, point, nonce, deviceKey } = answered;
  const opening = toOctets(opened, POINT + NONCE);
  if (toText(await commitmentTo(opening)) !== found.commitment) return refuse({ code: "pairing", reason: "other" });
  const said = { id: found.id, way, account: found.account, name, opening, peerKey: point, peerNonce: nonce, deviceKey };
  const agreed = await agree(key, opening.slice(0, POINT), secret, await transcriptOf(said));
  phone.agreed = agreed;
  return { digits: await digitsOf(agreed), confirmation: toText(await agreed.derive("confirmation", 32)) };
}

export async function open(text: string): Promise<Entry[]> {
  const { agreed, way } = phone ?? nothing();
  if (!agreed || way !== "copy") return nothing();
  const sealed = toOctets(text);
  const algorithm = { name: "AES-GCM", iv: sealed.slice(0, IV), additionalData: agreed.transcript };
  let file: ArrayBuffer;
  try {
    file = await crypto.subtle.decrypt(algorithm, await contentKey(agreed, "decrypt"), sealed.slice(IV));
  } catch {
    return refuse({ code: "pairing", reason: "other" });
  }
  const { imported } = await store.importFile(new Blob([file]), await filePassword(agreed));
  new Uint8Array(file).fill(0);
  phone = undefined;
  return imported;
}
