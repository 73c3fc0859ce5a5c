// The last step of an activation with a key of the browser: the key is made once everything is agreed to, its request sent, and the
// certificate put beside it. Whatever is interrupted is gone on with: the key waits in the store, under the id of its order.

import type { PendingKey } from "../../store/protocol";
import { wordsOf } from "../../ui/dialog";
import { h } from "../../ui/elements";
import { alert } from "../../ui/problem";
import { store } from "../../ui/unlock";
import { word } from "../../words";
import { install, opened } from "./open";

// RSA, because every mail program and gateway encrypts to it, which cannot be said of elliptic curves; 3072 bits, because mail is kept for
// longer than certificates are valid (NIST SP 800-57 part 1: 128 bits of strength, beyond 2030).
const KEY = "rsa:3072";

/** Sends the form with the request in it, and does what is to be done with the certificate; false where the portal has something else to say. */
export type Finish = (form: HTMLFormElement, tell: (key: "key-issuing" | "key-installing") => void) => Promise<boolean>;

/** On the summary of an activation. */
export function issue(root: HTMLElement): void {
  if (root instanceof HTMLFormElement) makesKey(root, () => true, toCertificate);
}

/** Makes a key when the form is sent, where `here` says that it is wanted. */
export function makesKey(form: HTMLFormElement, here: () => boolean, finish: Finish): void {
  const said = h("div", { role: "status", class: "mb-3" });
  form.querySelector(".btn-list")?.before(said);
  let busy = false;
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction") || !here()) return;
    // What is not ticked the server says, before there is a key.
    if (form.querySelector("input[name=statement]:not(:checked)")) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    void run(form, said, finish).finally(() => {
      busy = false;
    });
  });
}

async function run(form: HTMLFormElement, said: HTMLElement, finish: Finish): Promise<void> {
  const buttons = form.querySelectorAll("button");
  const say = (...children: Node[]): void => said.replaceChildren(...children);
  const tell = (key: "key-making" | "key-issuing" | "key-installing"): void => say(h("p", { class: "text-secondary" }, word(key)));
  for (const button of buttons) button.disabled = true;
  try {
    const name = form.dataset.name ?? "";
    const context = { store: store(), words: [name], say: () => undefined };
    if (!(await opened(context, word("key-why-make")))) return say();
    tell("key-making");
    const { request } = await keyOf(form.dataset.order ?? "", name);
    const field = form.querySelector<HTMLInputElement | HTMLTextAreaElement>("[name=csr]");
    if (field) field.value = request.pem;
    tell("key-issuing");
    if (!(await finish(form, tell))) form.submit();
  } catch (error) {
    say(alert("danger", word("key-not-issued"), wordsOf(error)));
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

/** The key that waits for this order, or a new one. */
async function keyOf(order: string, name: string): Promise<PendingKey> {
  const waiting = (await store().ask("pendingKeys", {})).find(({ purpose }) => purpose === order);
  if (waiting) return waiting;
  // What the certificate says the portal knows; the request has to have a subject.
  return store().ask("createKey", { key: KEY, content: { subject: [{ kind: "CN", value: name }], emails: [] }, purpose: order });
}

/** The fields of a form as it would be sent. */
export function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  return body;
}

/** The certificate that was issued for the form, now or by the same form before, has a page: there it is said how it stands. */
async function toCertificate(form: HTMLFormElement, tell: Parameters<Finish>[1]): Promise<boolean> {
  const answer = await fetch(form.action, { method: "POST", body: fieldsOf(form) });
  const { pathname } = new URL(answer.url);
  if (!answer.ok || !/^\/certificates\/[0-9a-f]{32}$/.test(pathname)) return false;
  tell("key-installing");
  try {
    await install(`${pathname}/chain.p7b`);
  } finally {
    // What could not be done can be done there.
    window.location.assign(pathname);
  }
  return true;
}
