// What pages of a pairing send to the server, and what it answers.

import type { Found, Issued, Peer } from "../store/pairing-protocol";
import { h } from "../ui/elements";
import { word } from "../words";

/** Why the server did not do it: one of its words, `session` where nobody is logged in any more, `unreachable`. */
export class Refused extends Error {
  constructor(
    readonly problem: string,
    readonly seconds?: number,
  ) {
    super(problem);
    this.name = "Refused";
  }
}

export const PROBLEMS = [
  "not-found", "taken", "out-of-turn", "mismatch", "too-large", "name", "too-many-devices", "wait", "malformed", "request", "no-authority",
  "proof", "refused", "revoked", "late", "superseded", "confirm", "session", "unreachable",
];

/** A refusal in words. */
export function wordsOfRefusal({ problem, seconds }: Refused): string {
  const known = PROBLEMS.includes(problem) ? problem : "unreachable";
  return word(`devices-problem-${known}`, { seconds: seconds ?? 1 });
}

interface Problem {
  problem?: string;
  seconds?: number;
}

async function answered<T>(request: Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await request;
  } catch {
    throw new Refused("unreachable");
  }
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  if (response.ok && isJson && !response.redirected) return (await response.json()) as T;
  if (isJson) {
    const { problem, seconds } = (await response.json()) as Problem;
    throw new Refused(problem ?? "unreachable", seconds);
  }
  throw new Refused(response.redirected || response.status === 403 ? "session" : "unreachable");
}

/** The token of this page's forms. */
function formToken(): string {
  return document.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ?? "";
}

/** A form of this page, with its token: the answer is a page. */
export function formTo(action: string, fields: Record<string, string>): HTMLFormElement {
  const form = h("form", { method: "post", action, hidden: true });
  for (const [name, value] of Object.entries({ csrf: formToken(), ...fields })) form.append(h("input", { type: "hidden", name, value }));
  document.body.append(form);
  return form;
}

/** As a form of this page, with its token: for what a session does. */
export function send<T>(path: string, fields: Record<string, string> = {}): Promise<T> {
  const body = new URLSearchParams({ csrf: formToken(), ...fields });
  return answered(fetch(path, { method: "POST", body, headers: { accept: "application/json" } }));
}

/** As JSON, without cookies: for what a device does, which proves itself in the message. */
export function tell<T>(path: string, message: object): Promise<T> {
  const headers = { "content-type": "application/json", accept: "application/json" };
  return answered(fetch(path, { method: "POST", body: JSON.stringify(message), headers, credentials: "omit" }));
}

/** How a pairing stands for the desktop. */
export interface DesktopView {
  state: "open" | "joined" | "revealed" | "confirmed" | "approved" | "done" | "refused";
  expiresAt: number;
  peer: Peer | null;
  confirmation: string | null;
  device: string | null;
}

/** How it stands for the device. */
export interface PhoneView {
  state: DesktopView["state"];
  opening: string | null;
  sealed: string | null;
  certificate: Issued | null;
}

export interface Begun {
  id: string;
  account: string;
  expiresAt: number;
}

export type { Found, Issued };

const PAUSE_MS = 500;

/** What a person answers, unless meanwhile the other side said no, of which `look` tells by an error. */
export async function unlessRefused(answer: Promise<void>, look: () => Promise<unknown>): Promise<void> {
  const stop = new AbortController();
  const refused = until(look, () => undefined, stop.signal);
  // Stopped at the answer, it has nothing to tell.
  refused.catch(() => undefined);
  try {
    await Promise.race([answer, refused]);
  } finally {
    stop.abort();
  }
}

/** Looks again and again until something came of it, or somebody stopped it. */
export async function until<V, T>(look: () => Promise<V>, found: (view: V) => T | undefined, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const came = found(await look());
    if (came !== undefined) return came;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
