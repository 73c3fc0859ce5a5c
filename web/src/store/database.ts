// What is kept: the IndexedDB database `chancery-store`. Whoever copies it has certificates, and private keys under the store's password.

import { refuse } from "./problem";
import type { NewKey } from "./protocol";

const NAME = "chancery-store";
const VERSION = 1;

/** What is known of the store itself. */
export interface Meta {
  /** Salt and value that tell a right password: HMAC-SHA-256 under a key of PBKDF2, as dear as a guess at one of the files. */
  salt: Uint8Array<ArrayBuffer>;
  rounds: number;
  verifier: Uint8Array<ArrayBuffer>;
  primary: string | null;
  idleMinutes: number;
  /** Wrong passwords since the last right one, and when the next is looked at, by `Date.now()`. */
  failures: number;
  waitUntilMs: number;
}

/** A certificate with its key. */
export interface CertificateRecord {
  /** SHA-256 of the certificate, hexadecimal. */
  id: string;
  /** PKCS#12 in the profile `stored`, under the store's password: key, certificate, chain. */
  file: Uint8Array<ArrayBuffer>;
  certificate: Uint8Array<ArrayBuffer>;
  chain: Uint8Array<ArrayBuffer>[];
  friendlyName: string | null;
  importedAt: number;
  /** What stands in for a key that a message does not yield (`RejectionSecret` of chancery-cms). */
  rejection: Uint8Array<ArrayBuffer>;
}

/** A key whose certificate was asked for. */
export interface PendingRecord {
  id: string;
  /** As a certificate's, around a certificate that the key signed itself. */
  file: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the public key, hexadecimal. */
  keyId: string;
  keyName: NewKey;
  /** What it was made for. */
  purpose?: string | null;
  request: Uint8Array<ArrayBuffer>;
  pem: string;
  madeAt: number;
}

type Kept = "meta" | "certificates" | "pending";

let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("meta");
      request.result.createObjectStore("certificates", { keyPath: "id" });
      request.result.createObjectStore("pending", { keyPath: "id" });
    };
    request.onsuccess = () => {
      const database = request.result;
      const forget = (): void => {
        database.close();
        opening = undefined;
      };
      database.onversionchange = forget;
      database.onclose = forget;
      resolve(database);
    };
    request.onerror = () => reject(request.error);
  }).catch((error: unknown) => {
    opening = undefined;
    return refuse({ code: "noStorage", detail: String(error) });
  });
  return opening;
}

/** One transaction: all of it is kept, or nothing. */
async function transact<T>(mode: IDBTransactionMode, work: (of: (kept: Kept) => IDBObjectStore) => IDBRequest<T> | undefined): Promise<T | undefined> {
  const database = await open();
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      const transaction = database.transaction(["meta", "certificates", "pending"], mode, { durability: "strict" });
      const request = work((kept) => transaction.objectStore(kept));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  } catch (error) {
    return refuse({ code: "noStorage", detail: String(error) });
  }
}

export async function meta(): Promise<Meta | undefined> {
  return transact<Meta | undefined>("readonly", (of) => of("meta").get("store"));
}

export async function certificates(): Promise<CertificateRecord[]> {
  return (await transact<CertificateRecord[]>("readonly", (of) => of("certificates").getAll())) ?? [];
}

export async function certificate(id: string): Promise<CertificateRecord> {
  const found = await transact<CertificateRecord | undefined>("readonly", (of) => of("certificates").get(id));
  return found ?? refuse({ code: "unknownCertificate" });
}

export async function pending(): Promise<PendingRecord[]> {
  return (await transact<PendingRecord[]>("readonly", (of) => of("pending").getAll())) ?? [];
}

/** What changes, all at once. */
export interface Change {
  meta?: Meta;
  certificates?: CertificateRecord[];
  removed?: string[];
  pending?: PendingRecord[];
  pendingRemoved?: string[];
}

export async function keep(change: Change): Promise<void> {
  await transact("readwrite", (of) => {
    if (change.meta) of("meta").put(change.meta, "store");
    for (const record of change.certificates ?? []) of("certificates").put(record);
    for (const id of change.removed ?? []) of("certificates").delete(id);
    for (const record of change.pending ?? []) of("pending").put(record);
    for (const id of change.pendingRemoved ?? []) of("pending").delete(id);
    return undefined;
  });
}

/** Everything is gone. */
export async function clear(): Promise<void> {
  await transact("readwrite", (of) => {
    of("meta").clear();
    of("certificates").clear();
    of("pending").clear();
    return undefined;
  });
}
