// A proof that a certificate's key is at hand: the Web eID 1.0 token of the store over a nonce of the server's.

import { store, pick } from "../ui/unlock";
import { word } from "../words";

/** The server gave no nonce. */
export class ProofError extends Error {}

interface Wanted {
  /** Where the nonce is fetched. */
  address: string;
  /** What the dialog says. */
  why: string;
  submit: string;
  /** What the nonce is for. */
  values: Record<string, string>;
}

export interface Proof {
  /** The token in JSON. */
  token: string;
  nonce: string;
}

/** Asks which certificate and for the password, and has the store sign; null where the person changed their mind. The form gives the token
 * of the page. */
export async function prove(form: HTMLFormElement, { address, why, submit, values }: Wanted): Promise<Proof | null> {
  const entry = await pick((one) => one.signs && !one.isAuthority && one.key !== null, why, submit);
  if (!entry) return null;
  // Fetched last: it waits for five minutes only.
  const nonce = await fetchNonce(form, address, values);
  const token = await store().ask("logIn", { id: entry.id, nonce });
  return { token: JSON.stringify(token), nonce };
}

async function fetchNonce(form: HTMLFormElement, address: string, values: Record<string, string>): Promise<string> {
  const { body } = await ask(form, address, values);
  if (typeof body.nonce !== "string") throw new ProofError(word("proof-stale"));
  return body.nonce;
}

/** Sends values with the token of the form's page; what the server answers in JSON, be it a refusal that says why. */
export async function ask(form: HTMLFormElement, address: string, values: Record<string, string>): Promise<{ ok: boolean; body: Record<string, unknown> }> {
  const csrf = new FormData(form).get("csrf");
  const body = new URLSearchParams({ ...values, csrf: typeof csrf === "string" ? csrf : "" });
  let answer: Response;
  try {
    answer = await fetch(address, { method: "POST", body, credentials: "same-origin", redirect: "error" });
  } catch {
    throw new ProofError(word("proof-unreachable"));
  }
  if (answer.status === 429) throw new ProofError(word("proof-too-many"));
  if (!answer.ok && answer.status !== 422) throw new ProofError(word("proof-stale"));
  const told: unknown = await answer.json();
  if (told === null || typeof told !== "object") throw new ProofError(word("proof-stale"));
  return { ok: answer.ok, body: told as Record<string, unknown> };
}
