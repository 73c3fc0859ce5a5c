// Proof that the key of a registered certificate is in the store: while it is registered, and later on its own page.

import type { Entry } from "../store/protocol";
import { confirmDialog, wordsOf } from "../ui/dialog";
import { button } from "../ui/elements";
import { alert } from "../ui/problem";
import { state, store, unlocked } from "../ui/unlock";
import { word } from "../words";

/** The certificate of the store with this fingerprint; null where there is none, or no store. */
async function entryOf(fingerprint: string): Promise<Entry | null> {
  try {
    if ((await state()).status === "inactive") return null;
    const entries = await store().ask("list", {});
    return entries.find(({ id }) => id === fingerprint) ?? null;
  } catch {
    // No store in this browser: then there is nothing to prove with.
    return null;
  }
}

/** Has the key sign a fresh challenge of the server's and puts token and challenge into the form; false where the person cancelled. */
async function prove(form: HTMLFormElement, challenge: string, entry: Entry): Promise<boolean> {
  if (!(await unlocked(word("possession-why")))) return false;
  const csrf = field(form, "csrf").value;
  const answer = await fetch(challenge, { method: "POST", body: new URLSearchParams({ csrf }), credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${challenge}: ${answer.status}`);
  const { nonce } = (await answer.json()) as { nonce: string };
  const token = await store().ask("logIn", { id: entry.id, nonce });
  field(form, "token").value = JSON.stringify(token);
  field(form, "nonce").value = nonce;
  return true;
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  const found = form.elements.namedItem(name);
  if (!(found instanceof HTMLInputElement)) throw new Error(`the form has no ${name}`);
  return found;
}

/** Beside the proof of one certificate: a button where the store has its key. */
export async function possession(root: HTMLElement): Promise<void> {
  const { challenge = "", certificate = "" } = root.querySelector<HTMLElement>("[data-challenge]")?.dataset ?? {};
  const form = document.querySelector<HTMLFormElement>("form#possession");
  const entry = await entryOf(certificate);
  if (!form || !entry) return;
  const act = button(word("possession-prove"), () => void run(), { kind: "btn-primary", icon: "key" });
  const problems = document.createElement("div");
  problems.setAttribute("role", "alert");
  root.replaceChildren(problems, act);
  const run = async (): Promise<void> => {
    problems.replaceChildren();
    act.disabled = true;
    try {
      if (await prove(form, challenge, entry)) {
        // Where the session has to show more, the form asks for it.
        form.requestSubmit();
      }
    } catch (error) {
      problems.replaceChildren(alert("danger", wordsOf(error)));
    }
    act.disabled = false;
    act.focus();
  };
}

/** Beside the form that registers a certificate: if the store has its key, the form is sent with the proof. */
export function enrolment(root: HTMLElement): void {
  const { challenge = "" } = root.dataset;
  const form = document.querySelector<HTMLFormElement>("form#enrolment");
  if (!form) return;
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) return;
    event.preventDefault();
    void (async () => {
      try {
        const entry = await entryIn(form);
        if (entry && !(await prove(form, challenge, entry)) && !(await without())) return;
      } catch (error) {
        root.replaceChildren(alert("danger", wordsOf(error)));
        return;
      }
      sent = true;
      // Where the session has to show more, the form asks for it.
      form.requestSubmit(event.submitter);
    })();
  });
  // A page that the browser kept asks anew.
  window.addEventListener("pageshow", () => {
    sent = false;
  });
}

/** Whether to register without proof after all. */
function without(): Promise<boolean> {
  return confirmDialog({
    title: word("possession-without-title"),
    text: word("possession-without"),
    submit: word("possession-without-submit"),
  });
}

/** Larger files are no certificate: the server says so. */
const LARGEST = 512 * 1024;

/** The certificate of the store that the form's file or text holds. */
async function entryIn(form: HTMLFormElement): Promise<Entry | null> {
  const input = field(form, "file");
  const area = form.elements.namedItem("pem");
  const [file] = input.files ?? [];
  const text = area instanceof HTMLTextAreaElement ? area.value : "";
  if (file && file.size > LARGEST) return null;
  const octets = file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(text);
  for (const der of certificates(octets)) {
    const entry = await entryOf(await fingerprint(der));
    if (entry) return entry;
  }
  return null;
}

async function fingerprint(der: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", der));
  return Array.from(digest, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** Each block of a text, or the octets as they are. Whether they are a certificate is the server's to say. */
function certificates(octets: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const blocks = new TextDecoder("latin1").decode(octets).matchAll(/-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/g);
  const found: Uint8Array<ArrayBuffer>[] = [];
  for (const [, body = ""] of blocks) {
    try {
      found.push(Uint8Array.from(atob(body.replace(/\s/g, "")), (character) => character.charCodeAt(0)));
    } catch {
      // Damaged: the server says where.
    }
  }
  return found.length > 0 ? found : [octets];
}
