// The key that a paired browser has of its own: made here, never extractable, kept by the browser beside the store, without a password, so
// that it logs in and renews itself. What it can do is log in, and until its certificate ends.

import { PrivateKey } from "./keys";
import { run } from "./operations";
import { sha256, toOctets, toText } from "./pairing";
import type { DeviceView, Issued } from "./pairing-protocol";
import { refuse } from "./problem";
import type { AuthenticationToken, CertificateView } from "./protocol";
import { APP_VERSION, base64 } from "./use";

type Octets = Uint8Array<ArrayBuffer>;

const NAME = "chancery-device";
const ECDSA = { name: "ECDSA", namedCurve: "P-256" };
const SIGN = { name: "ECDSA", hash: "SHA-256" };
const RENEWAL = "chancery-device-renewal/1\n";

/** A key that waits for its certificate. */
interface Fresh {
  key: CryptoKey;
  spki: Octets;
}

interface DeviceRecord {
  id: "device";
  device: string;
  key: CryptoKey;
  certificate: Octets;
  chain: Octets[];
  account: string;
  environment: string;
  /** A renewal that was begun: asked again the same until an answer came. */
  next?: Fresh & { request: Octets; signature: Octets };
}

let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("device", { keyPath: "id" });
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opening = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch((error: unknown) => {
    opening = undefined;
    return refuse({ code: "noStorage", detail: String(error) });
  });
  return opening;
}

async function transact<T>(mode: IDBTransactionMode, work: (kept: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  return new Promise<T>((resolve, reject) => {
    const transaction = database.transaction("device", mode, { durability: "strict" });
    const request = work(transaction.objectStore("device"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  }).catch((error: unknown) => refuse({ code: "noStorage", detail: String(error) }));
}

async function kept(): Promise<DeviceRecord | undefined> {
  return transact("readonly", (of) => of.get("device") as IDBRequest<DeviceRecord | undefined>);
}

async function keep(record: DeviceRecord): Promise<void> {
  await transact("readwrite", (of) => of.put(record));
}

/** The key of a pairing that is under way. */
let fresh: Fresh | undefined;

export function dropFresh(): void {
  fresh = undefined;
}

async function generate(): Promise<Fresh> {
  const pair = (await crypto.subtle.generateKey(ECDSA, false, ["sign"])) as CryptoKeyPair;
  return { key: pair.privateKey, spki: new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey)) };
}

export async function deviceKeyPair(): Promise<void> {
  fresh = await generate();
}

/** SHA-256 of the fresh key: both sides of a pairing compare digits over it. */
export async function freshDigest(): Promise<Octets> {
  return fresh ? sha256(fresh.spki) : refuse({ code: "pairing", reason: "order" });
}

async function requestOf({ key, spki }: Fresh): Promise<Octets> {
  const host = { key: async () => PrivateKey.ofDevice(key) };
  const { parts } = await run({ call: "request", subject: [], emails: [] }, [spki], host);
  return parts[0] ?? refuse({ code: "internal", detail: "a part is missing" });
}

export async function request(): Promise<string> {
  return toText(await requestOf(fresh ?? refuse({ code: "pairing", reason: "order" })));
}

export async function install(issued: Issued, account: string, environment: string): Promise<DeviceView> {
  const certificate = toOctets(issued.certificate);
  const view = await viewOf(certificate);
  const known = await kept();
  const candidates = [fresh, known?.next].filter((one) => one !== undefined);
  let key: CryptoKey | undefined;
  for (const candidate of candidates) {
    if (hex(await sha256(candidate.spki)) === view.keyId) key = candidate.key;
  }
  if (!key) return refuse({ code: "pairing", reason: "other" });
  const chain = issued.chain.map((one) => toOctets(one));
  const record = { id: "device" as const, device: issued.device, key, certificate, chain, account, environment };
  await keep(record);
  fresh = undefined;
  return { device: record.device, certificate: view, account, environment };
}

function hex(octets: Octets): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

async function viewOf(certificate: Octets): Promise<CertificateView> {
  return (await run<{ certificate: CertificateView }>({ call: "certificate" }, [certificate], {})).result.certificate;
}

export async function device(): Promise<DeviceView | null> {
  const record = await kept();
  if (!record) return null;
  const { device, account, environment } = record;
  return { device, certificate: await viewOf(record.certificate), account, environment };
}

/** The next key's request, signed by the present key for this origin alone. */
export async function renewal(): Promise<{ certificate: string; request: string; signature: string }> {
  const record = (await kept()) ?? refuse({ code: "noDevice" });
  let { next } = record;
  if (!next) {
    const made = await generate();
    const request = await requestOf(made);
    const begun = new TextEncoder().encode(`${RENEWAL}${self.location.origin}\n`);
    const message = new Uint8Array(begun.length + request.length);
    message.set(begun);
    message.set(request, begun.length);
    const signature = new Uint8Array(await crypto.subtle.sign(SIGN, record.key, message));
    next = { ...made, request, signature };
    await keep({ ...record, next });
  }
  return { certificate: toText(record.certificate), request: toText(next.request), signature: toText(next.signature) };
}

export async function forget(): Promise<null> {
  fresh = undefined;
  await transact("readwrite", (of) => of.delete("device"));
  return null;
}

/** As the store's log-in, with this key: the origin is the worker's own. */
export async function logIn(nonce: string): Promise<AuthenticationToken> {
  const record = (await kept()) ?? refuse({ code: "noDevice" });
  const host = { key: async () => PrivateKey.ofDevice(record.key) };
  const text = { call: "token", origin: self.location.origin, nonce };
  const { result, parts } = await run<{ algorithm: string }>(text, [record.certificate], host);
  const signature = parts[0] ?? refuse({ code: "internal", detail: "a part is missing" });
  return { unverifiedCertificate: base64(record.certificate), algorithm: result.algorithm, signature: base64(signature), format: "web-eid:1.0", appVersion: APP_VERSION };
}
