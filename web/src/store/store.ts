// The store: what it keeps, and the password and keys in memory while it is unlocked.

import * as database from "./database";
import type { CertificateRecord, Meta } from "./database";
import { PrivateKey } from "./keys";
import { type Host, run } from "./operations";
import * as passwords from "./password";
import { refuse } from "./problem";
import type { CertificateView, Details, Entry, ExportProfile, Field, StoreState, Validity } from "./protocol";

type Octets = Uint8Array<ArrayBuffer>;

const IDLE_MINUTES = 10;
const EXPIRING_SECONDS = 30 * 24 * 3_600;
const LARGEST_FILE = 16 << 20;
const NONE: Octets = new Uint8Array();

/** What is in memory while the store is unlocked; dropping it locks the store. */
interface Session {
  key: CryptoKey;
  /** Private keys that have been used, by certificate. */
  keys: Map<string, Promise<PrivateKey>>;
}

/** Other tabs of the same origin. */
type Gossip = "locked" | "changed";
const others = new BroadcastChannel("chancery-store");

let session: Session | undefined;
let locksAtMs = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let tell: (state: StoreState) => void = () => undefined;

/** Begins: `told` hears of every change of the state. */
export function begin(told: (state: StoreState) => void): void {
  tell = told;
  others.onmessage = ({ data }: MessageEvent<Gossip>) => {
    if (data === "locked") drop();
    void announce();
  };
  void announce();
}

export async function state(): Promise<StoreState> {
  const [meta, certificates, pending] = await Promise.all([database.meta(), database.certificates(), database.pending()]);
  const status = !meta ? "inactive" : session ? "unlocked" : "locked";
  return {
    status,
    certificates: certificates.length,
    pending: pending.length,
    idleMinutes: meta?.idleMinutes ?? IDLE_MINUTES,
    locksAtMs: session ? locksAtMs : null,
    waitUntilMs: meta ? passwords.waitingUntil(meta, Date.now()) : null,
  };
}

async function announce(): Promise<StoreState> {
  const now = await state();
  tell(now);
  return now;
}

/** Tells this page, and the other tabs, that something changed. */
export async function changed(gossip: Gossip = "changed"): Promise<StoreState> {
  others.postMessage(gossip);
  return announce();
}

/** Drops every key; what is under way fails at its next step. */
function drop(): void {
  session = undefined;
  clearTimeout(timer);
}

/** Something was asked for: the idle time begins again, unless it is over already (a computer that slept has late timers). */
export async function touch(): Promise<void> {
  if (!session) return;
  if (Date.now() >= locksAtMs) {
    await lock();
    return;
  }
  const meta = await database.meta();
  if (!meta) drop();
  else wind(meta.idleMinutes);
}

function wind(minutes: number): void {
  clearTimeout(timer);
  locksAtMs = Date.now() + minutes * 60_000;
  timer = setTimeout(() => void lock(), minutes * 60_000);
}

async function enter(key: CryptoKey, meta: Meta): Promise<StoreState> {
  session = { key, keys: new Map() };
  wind(meta.idleMinutes);
  return changed();
}

/** The open session; refuses where there is none. */
export async function unlocked(): Promise<Session> {
  if (session) return session;
  return refuse({ code: (await database.meta()) ? "locked" : "inactive" });
}

export async function activate(password: string, words: string[]): Promise<StoreState> {
  if (await database.meta()) return refuse({ code: "alreadyActive" });
  await passwords.demandStrength(password, words);
  const key = await passwords.storeKey(password);
  const fresh = { primary: null, idleMinutes: IDLE_MINUTES, failures: 0, waitUntilMs: 0 };
  const meta = { ...(await passwords.verifier(key)), ...fresh };
  await database.keep({ meta });
  return enter(key, meta);
}

export async function unlock(password: string): Promise<StoreState> {
  try {
    const { key, meta } = await passwords.check(password);
    return await enter(key, meta);
  } catch (error) {
    await announce();
    throw error;
  }
}

export async function lock(): Promise<StoreState> {
  drop();
  return changed("locked");
}

export async function setIdle(minutes: number): Promise<StoreState> {
  const meta = (await database.meta()) ?? refuse({ code: "inactive" });
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 120) return refuse({ code: "badValue", what: "minutes" });
  await database.keep({ meta: { ...meta, idleMinutes: minutes } });
  if (session) wind(minutes);
  return changed();
}

export async function deactivate(password: string): Promise<StoreState> {
  await passwords.check(password);
  return reset();
}

export async function reset(): Promise<StoreState> {
  drop();
  await database.clear();
  return changed("locked");
}

/** All files anew under another password, kept at once or not at all. */
export async function changePassword(password: string, newPassword: string, words: string[]): Promise<StoreState> {
  const { key: oldKey, meta } = await passwords.check(password);
  await passwords.demandStrength(newPassword, words);
  const newKey = await passwords.storeKey(newPassword);
  const anew = async <T extends { file: Octets }>(record: T): Promise<T> => {
    const opened = await openFile(record.file, oldKey);
    try {
      return { ...record, file: await writeStored(opened, newKey) };
    } finally {
      opened.pkcs8.fill(0);
    }
  };
  const [certificates, pending] = await Promise.all([database.certificates(), database.pending()]);
  const change = {
    meta: { ...meta, ...(await passwords.verifier(newKey)) },
    // The browser derives on its own threads, all of these at once.
    certificates: await Promise.all(certificates.map(anew)),
    pending: await Promise.all(pending.map(anew)),
  };
  await database.keep(change);
  others.postMessage("locked" satisfies Gossip);
  return enter(newKey, change.meta);
}

/** A key with its certificates, out of a file. */
export interface Identity {
  view: CertificateView;
  friendlyName: string | null;
  certificate: Octets;
  pkcs8: Octets;
  chain: Octets[];
}

/** What came out of a file. */
export interface Identities {
  identities: Identity[];
  /** Keys without a certificate, or of a kind that browsers do not use. */
  keysSkipped: number;
}

interface OpenResult {
  identities: { certificate: CertificateView; friendlyName: string | null; chain: number }[];
  keysSkipped: number;
}

/** Opens a PKCS#12 file: another program's under a password, or one of the store's. */
export async function openAll(file: Octets, password: string | CryptoKey): Promise<Identities> {
  const ofStore = typeof password !== "string";
  const host: Host = ofStore ? { storeKey: password } : {};
  const secret = ofStore ? NONE : new TextEncoder().encode(password);
  return identitiesOf({ call: "open", ofStore }, [file, secret], host);
}

/** Whatever a call of the module gives out of a file. */
export async function identitiesOf(text: object, given: Octets[], host: Host): Promise<Identities> {
  const { result, parts } = await run<OpenResult>(text, given, host);
  const rest = parts[Symbol.iterator]();
  const next = (): Octets => rest.next().value ?? refuse({ code: "internal", detail: "a part is missing" });
  const identities = result.identities.map((found) => ({
    view: found.certificate,
    friendlyName: found.friendlyName,
    certificate: next(),
    pkcs8: next(),
    chain: Array.from({ length: found.chain }, next),
  }));
  return { identities, keysSkipped: result.keysSkipped };
}

async function openFile(file: Octets, key: CryptoKey): Promise<Identity> {
  const { identities } = await openAll(file, key);
  return identities[0] ?? refuse({ code: "noKey" });
}

type Written = Pick<Identity, "certificate" | "pkcs8" | "chain" | "friendlyName">;

export async function writeStored(identity: Written, key: CryptoKey): Promise<Octets> {
  return write(identity, "stored", NONE, { storeKey: key });
}

/** A file of the one key that came out of another. */
export async function writeOnly({ identities }: Identities, profile: ExportProfile, password: string): Promise<Blob> {
  const [identity, ...more] = identities;
  try {
    if (!identity) return refuse({ code: "noKey" });
    if (more.length > 0) return refuse({ code: "tooMuch", detail: "several keys in one file" });
    return await writeFor(identity, profile, password);
  } finally {
    for (const { pkcs8 } of identities) pkcs8.fill(0);
  }
}

export async function writeFor(identity: Written, profile: ExportProfile, password: string): Promise<Blob> {
  if (profile !== "modern" && profile !== "legacy") return refuse({ code: "badValue", what: "profile" });
  const file = await write(identity, profile, new TextEncoder().encode(password), {});
  return new Blob([file], { type: "application/x-pkcs12" });
}

async function write(identity: Written, profile: string, password: Octets, host: Host): Promise<Octets> {
  const { pkcs8, certificate, chain, friendlyName } = identity;
  const text = { call: "write", profile, friendlyName, ofStore: host.storeKey !== undefined };
  const { parts } = await run(text, [password, pkcs8, certificate, ...chain], host);
  return parts[0] ?? refuse({ code: "internal", detail: "a part is missing" });
}

export async function octetsOf(file: Blob): Promise<Octets> {
  if (file.size > LARGEST_FILE) return refuse({ code: "tooLarge", octets: file.size, limit: LARGEST_FILE });
  return new Uint8Array(await file.arrayBuffer());
}

export async function importFile(file: Blob, password: string): Promise<{ imported: Entry[]; keysSkipped: number }> {
  const { key, keys } = await unlocked();
  const { identities, keysSkipped } = await openAll(await octetsOf(file), password);
  const records = await Promise.all(
    identities.map(async (identity) => {
      const { view } = identity;
      const kind = view.key ?? refuse({ code: "unsupportedKey", kind: view.keyName });
      const copy = new Uint8Array(identity.pkcs8);
      // Whatever the browser does not take is told now, not at the first use.
      try {
        const [usable, file] = await Promise.all([PrivateKey.import(kind, copy), writeStored(identity, key)]);
        keys.set(view.id, Promise.resolve(usable));
        return record(identity, file);
      } finally {
        identity.pkcs8.fill(0);
      }
    }),
  );
  await add(records, records.find((_, at) => identities[at]?.view.signs)?.id ?? records[0]?.id);
  const ids = new Set(records.map(({ id }) => id));
  return { imported: (await list()).filter(({ id }) => ids.has(id)), keysSkipped };
}

export function record(identity: Omit<Identity, "pkcs8">, file: Octets): CertificateRecord {
  const { view, certificate, chain, friendlyName } = identity;
  const importedAt = Math.floor(Date.now() / 1_000);
  const rejection = crypto.getRandomValues(new Uint8Array(32));
  return { id: view.id, file, certificate, chain, friendlyName, importedAt, rejection };
}

/** Keeps new certificates; where none is primary yet, this one becomes it. */
export async function add(records: CertificateRecord[], primary: string | undefined, change: database.Change = {}): Promise<void> {
  const meta = (await database.meta()) ?? refuse({ code: "inactive" });
  await unlocked();
  const known = await database.certificates();
  const kept = records.map((one) => {
    const former = known.find(({ id }) => id === one.id);
    return former ? { ...one, importedAt: former.importedAt, rejection: former.rejection } : one;
  });
  await database.keep({ ...change, meta: { ...meta, primary: meta.primary ?? primary ?? null }, certificates: kept });
  await changed();
}

/** The primary one first, then the newest. */
export async function list(): Promise<Entry[]> {
  const [meta, records] = await Promise.all([database.meta(), database.certificates()]);
  const entries = await Promise.all(records.map(async (one) => entry(one, await view(one.certificate), meta)));
  return entries.sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || b.notBefore - a.notBefore || (a.id < b.id ? -1 : 1));
}

async function view(certificate: Octets): Promise<CertificateView> {
  return (await show(certificate)).certificate;
}

async function show(certificate: Octets): Promise<{ certificate: CertificateView; fields: Field[] }> {
  return (await run<{ certificate: CertificateView; fields: Field[] }>({ call: "certificate" }, [certificate], {})).result;
}

function entry(one: CertificateRecord, view: CertificateView, meta: Meta | undefined): Entry {
  const now = Math.floor(Date.now() / 1_000);
  const { friendlyName, importedAt } = one;
  return { ...view, validity: validity(view, now), isPrimary: meta?.primary === one.id, friendlyName, importedAt, chain: one.chain.length };
}

function validity({ notBefore, notAfter }: CertificateView, now: number): Validity {
  if (now < notBefore) return "notYetValid";
  if (now > notAfter) return "expired";
  return notAfter - now <= EXPIRING_SECONDS ? "expiring" : "valid";
}

export async function details(id: string): Promise<Details> {
  const [meta, one] = await Promise.all([database.meta(), database.certificate(id)]);
  const { certificate, fields } = await show(one.certificate);
  return { entry: entry(one, certificate, meta), fields, certificate: one.certificate, chain: one.chain };
}

export async function setPrimary(id: string): Promise<Entry[]> {
  await database.certificate(id);
  const meta = (await database.meta()) ?? refuse({ code: "inactive" });
  await database.keep({ meta: { ...meta, primary: id } });
  await changed();
  return list();
}

/** Where the primary one goes, the newest that is left takes its place. */
export async function remove(id: string): Promise<Entry[]> {
  const meta = (await database.meta()) ?? refuse({ code: "inactive" });
  await database.certificate(id);
  const left = (await list()).filter((other) => other.id !== id);
  const next = left.find(({ signs }) => signs) ?? left[0];
  const primary = meta.primary === id ? (next?.id ?? null) : meta.primary;
  await database.keep({ meta: { ...meta, primary }, removed: [id] });
  session?.keys.delete(id);
  await changed();
  return list();
}

/** A backup. The password is typed for it: what is in memory writes nothing that leaves. */
export async function exportFile(id: string, password: string, profile: ExportProfile, filePassword: string): Promise<Blob> {
  const one = await database.certificate(id);
  const { key } = await passwords.check(password);
  const identity = await openFile(one.file, key);
  try {
    return await writeFor({ ...identity, friendlyName: one.friendlyName ?? identity.view.commonName }, profile, filePassword);
  } finally {
    identity.pkcs8.fill(0);
  }
}

/** A certificate of the store with its key at hand. */
export async function useKey(id: string): Promise<{ record: CertificateRecord; host: Host }> {
  const { key, keys } = await unlocked();
  const record = await database.certificate(id);
  const open = async (): Promise<PrivateKey> => {
    const { view, pkcs8 } = await openFile(record.file, key);
    return PrivateKey.import(view.key ?? refuse({ code: "unsupportedKey", kind: view.keyName }), pkcs8);
  };
  const host: Host = {
    key: () => {
      const known = keys.get(id) ?? open();
      keys.set(id, known);
      known.catch(() => keys.delete(id));
      return known;
    },
    unwrap: async (cipherText) =>
      (await run({ call: "unwrap" }, [record.file, cipherText], { storeKey: key })).parts[0],
  };
  return { record, host };
}

/** A certificate's key out of a file that is not a certificate's yet. */
export async function openPending(file: Octets): Promise<Identity> {
  return openFile(file, (await unlocked()).key);
}
