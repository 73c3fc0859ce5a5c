// What the store's keys are used for: signing, logging in, decrypting, and asking for new certificates.

import * as database from "./database";
import { PrivateKey, generate } from "./keys";
import { run, runOver } from "./operations";
import { Refusal, refuse } from "./problem";
import type {
  AuthenticationToken,
  CertificateView,
  CertificationRequest,
  Decrypted,
  Entry,
  NewKey,
  PendingKey,
  Progress,
  RequestContent,
  StoreState,
} from "./protocol";
import * as store from "./store";

type Octets = Uint8Array<ArrayBuffer>;

const LARGEST_CONTENT = 4 * 2 ** 30;
export const APP_VERSION = "https://chancery/browser/1";

export function bounded(content: Blob): void {
  if (content.size > LARGEST_CONTENT) refuse({ code: "tooLarge", octets: content.size, limit: LARGEST_CONTENT });
}

export function first(parts: Octets[]): Octets {
  return parts[0] ?? refuse({ code: "internal", detail: "a part is missing" });
}

export async function sign(id: string, content: Blob, detached: boolean, progress: Progress): Promise<Blob> {
  bounded(content);
  const { record, host } = await store.useKey(id);
  // Blobs lie outside the worker's memory, where large content has room.
  const pieces: Blob[] = [];
  const text = { call: "sign", signingTime: Math.floor(Date.now() / 1_000), detached };
  const parts = [record.certificate, ...record.chain];
  await runOver(text, parts, content, { ...host, progress }, (piece) => pieces.push(new Blob([piece])), () => undefined);
  return new Blob(pieces, { type: detached ? "application/pkcs7-signature" : "application/pkcs7-mime" });
}

export async function logIn(id: string, nonce: string): Promise<AuthenticationToken> {
  const { record, host } = await store.useKey(id);
  const text = { call: "token", origin: self.location.origin, nonce };
  const { result, parts } = await run<{ algorithm: string }>(text, [record.certificate], host);
  return {
    unverifiedCertificate: base64(record.certificate),
    algorithm: result.algorithm,
    signature: base64(first(parts)),
    format: "web-eid:1.0",
    appVersion: APP_VERSION,
  };
}

export function base64(octets: Octets): string {
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(""));
}

/** With the key of this certificate, or with whichever the message is for. */
export async function decrypt(message: Blob, id: string | null, progress: Progress): Promise<Decrypted> {
  bounded(message);
  await store.unlocked();
  const ids = id === null ? (await store.list()).map((entry) => entry.id) : [id];
  let refusal: unknown = new Refusal({ code: "otherRecipients", recipients: 0 });
  for (const one of ids) {
    try {
      return await decryptWith(one, message, progress);
    } catch (error) {
      if (!(error instanceof Refusal) || error.problem.code !== "otherRecipients") throw error;
      refusal = error;
    }
  }
  throw refusal;
}

async function decryptWith(id: string, message: Blob, progress: Progress): Promise<Decrypted> {
  const { record, host } = await store.useKey(id);
  // Blobs lie outside the worker's memory. Nothing of them leaves before the message has ended well.
  let pieces: Blob[] = [];
  const { result } = await runOver<{ contentType: string; cipher: string; authenticated: boolean }>(
    { call: "decrypt" },
    [record.certificate, record.rejection],
    message,
    { ...host, progress },
    (piece) => {
      pieces.push(new Blob([piece]));
      piece.fill(0);
    },
    () => {
      pieces = [];
    },
  );
  return { ...result, content: new Blob(pieces), id };
}

/** A request for this key, signed by it. */
export async function request(key: PrivateKey, spki: Octets, content: RequestContent): Promise<CertificationRequest> {
  const { subject, emails } = content;
  const host = { key: async () => key };
  const { result, parts } = await run<{ pem: string }>({ call: "request", subject, emails }, [spki], host);
  return { der: first(parts), pem: result.pem };
}

export async function createKey(wanted: NewKey, content: RequestContent, purpose: string | null): Promise<PendingKey> {
  const session = await store.unlocked();
  const { kind, pkcs8, spki } = await generate(wanted);
  try {
    const key = await PrivateKey.import(kind, new Uint8Array(pkcs8));
    const asked = await request(key, spki, content);
    // A file of the store holds a certificate beside the key: until the real one is there, one that the key signs itself.
    const made = await run<{ certificate: CertificateView }>({ call: "placeholder" }, [spki], { key: async () => key });
    const certificate = first(made.parts);
    const file = await store.writeStored({ pkcs8, certificate, chain: [], friendlyName: null }, session.key);
    const record: database.PendingRecord = {
      id: made.result.certificate.id,
      file,
      keyId: made.result.certificate.keyId,
      keyName: wanted,
      purpose,
      request: asked.der,
      pem: asked.pem,
      madeAt: Math.floor(Date.now() / 1_000),
    };
    await store.unlocked();
    await database.keep({ pending: [record] });
    await store.changed();
    return shown(record);
  } finally {
    pkcs8.fill(0);
  }
}

function shown({ id, keyId, purpose, request, pem, keyName, madeAt }: database.PendingRecord): PendingKey {
  return { id, keyId, purpose: purpose ?? null, request: { der: request, pem }, keyName, madeAt };
}

export async function pendingKeys(): Promise<PendingKey[]> {
  return (await database.pending()).map(shown);
}

export async function dropPendingKey(id: string): Promise<StoreState> {
  await database.keep({ pendingRemoved: [id] });
  return store.changed();
}

/** Finds the key by the certificate's public key. */
export async function installCertificate(file: Blob): Promise<Entry> {
  const session = await store.unlocked();
  const { result, parts } = await run<{ certificates: CertificateView[] }>({ call: "certificates" }, [await store.octetsOf(file)], {});
  const pending = await database.pending();
  const at = result.certificates.findIndex(({ keyId }) => pending.some((one) => one.keyId === keyId));
  const view = result.certificates[at];
  const waiting = pending.find((one) => one.keyId === view?.keyId);
  const certificate = parts[at];
  if (!view || !waiting || !certificate) return refuse({ code: "noPendingKey" });
  const { pkcs8 } = await store.openPending(waiting.file);
  try {
    const chain = parts.filter((_, other) => other !== at);
    const identity = { view, certificate, chain, friendlyName: null };
    const stored = await store.writeStored({ ...identity, pkcs8 }, session.key);
    const record = store.record(identity, stored);
    await store.add([record], record.id, { pendingRemoved: [waiting.id] });
    return (await store.details(record.id)).entry;
  } finally {
    pkcs8.fill(0);
  }
}
