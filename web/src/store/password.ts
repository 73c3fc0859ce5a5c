// The store's password: how strong it is, whether it is right, and how long a wrong one waits.

import { addresses } from "./addresses";
import { type Meta, keep, meta as readMeta } from "./database";
import { ROUNDS } from "./operations";
import { refuse } from "./problem";
import type { Strength } from "./protocol";

const LABEL = new TextEncoder().encode("chancery store");

/** How many wrong ones make nobody wait; after the third it is a second, after each further one twice as long. */
const FREE_TRIES = 2;
const LONGEST_WAIT_MS = 300_000;

/** The password as a key that derives other keys and that nobody reads. Keyboards write letters with accents in two ways: one counts. */
export async function storeKey(password: string): Promise<CryptoKey> {
  const octets = new TextEncoder().encode(password.normalize("NFC"));
  const key = await crypto.subtle.importKey("raw", octets, "PBKDF2", false, ["deriveBits", "deriveKey"]);
  octets.fill(0);
  return key;
}

async function verifierKey(key: CryptoKey, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256", length: 256 };
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(derivation, key, algorithm, false, ["sign", "verify"]);
}

/** What a new store keeps to know its password by. */
export async function verifier(key: CryptoKey): Promise<Pick<Meta, "salt" | "rounds" | "verifier">> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const mac = await crypto.subtle.sign("HMAC", await verifierKey(key, salt, ROUNDS), LABEL);
  return { salt, rounds: ROUNDS, verifier: new Uint8Array(mac) };
}

/** The key of a right password. A wrong one is counted before it is looked at, so that closing the page does not undo that. */
export async function check(password: string): Promise<{ key: CryptoKey; meta: Meta }> {
  const meta = (await readMeta()) ?? refuse({ code: "inactive" });
  const now = Date.now();
  const until = waitingUntil(meta, now);
  if (until !== null) return refuse({ code: "wait", untilMs: until });
  if (meta.rounds < ROUNDS) return refuse({ code: "altered" });
  const failures = meta.failures + 1;
  const wait = failures <= FREE_TRIES ? 0 : Math.min(1_000 * 2 ** (failures - FREE_TRIES - 1), LONGEST_WAIT_MS);
  const counted = { ...meta, failures, waitUntilMs: now + wait };
  await keep({ meta: counted });
  const key = await storeKey(password);
  const right = await crypto.subtle.verify("HMAC", await verifierKey(key, meta.salt, meta.rounds), meta.verifier, LABEL);
  if (!right) {
    // The wait begins with the answer, however long looking took.
    await keep({ meta: { ...counted, waitUntilMs: Date.now() + wait } });
    return refuse({ code: "wrongPassword" });
  }
  const opened = { ...meta, failures: 0, waitUntilMs: 0 };
  await keep({ meta: opened });
  return { key, meta: opened };
}

/** None if a password is looked at now. A clock that was set back makes nobody wait longer than the longest wait. */
export function waitingUntil(meta: Meta, now: number): number | null {
  return meta.waitUntilMs > now && meta.waitUntilMs - now <= LONGEST_WAIT_MS ? meta.waitUntilMs : null;
}

/** How strong it is; the lists that it is compared with are fetched when first wanted. */
export async function strength(password: string, words: string[]): Promise<Strength> {
  if (addresses.strength === null) return refuse({ code: "unavailable", detail: "this build has no word lists" });
  const { estimate } = (await import(addresses.strength)) as typeof import("./strength");
  return estimate(password, words);
}

/** Refuses a weak one, and one that no file can have. */
export async function demandStrength(password: string, words: string[]): Promise<void> {
  const found = await strength(password, words);
  if (!found.isEnough) refuse({ code: "weakPassword", strength: found });
  const hasControl = [...password].some((character) => character < " " || (character >= "\u007f" && character <= "\u009f"));
  if (hasControl) refuse({ code: "unusablePassword", reason: "control" });
  if (new TextEncoder().encode(password).length > 1_024) refuse({ code: "unusablePassword", reason: "tooLong" });
}
