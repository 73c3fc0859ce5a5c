// Log-in with a certificate of the store, and confirming an act ahead of its form: a nonce is fetched, the store signs it for this origin,
// and the proof is sent by the form that stands there.

import { keepDevice } from "../devices/self";
import { StoreError } from "../store/client";
import { wordsOf } from "../ui/dialog";
import { button, h } from "../ui/elements";
import { alert } from "../ui/problem";
import { state } from "../ui/unlock";
import { word } from "../words";
import { ProofError, prove } from "./proof";

const SETTINGS = "/settings/store";

/** What the page says while nothing can be signed here. */
function hint(text: string, address: string, link: string): HTMLElement {
  return h("p", {}, `${text} `, h("a", { href: address }, link));
}

export async function logIn(root: HTMLElement): Promise<void> {
  const form = root.querySelector("form");
  const origin = root.dataset.origin ?? location.origin;
  const act = root.dataset.act;
  if (!form) return;
  if (origin !== location.origin) {
    root.append(hint(word("proof-other-origin"), `${origin}${location.pathname}${location.search}`, origin));
    return;
  }
  const problems = h("div", { role: "alert" });
  const submit = button(word(act === undefined ? "proof-log-in" : "proof-confirm"), () => void attempt(), { kind: "btn-primary", icon: "certificate" });
  try {
    const { status, certificates } = await state();
    const device = act === undefined ? await keepDevice() : null;
    const ready = status !== "inactive" && certificates > 0;
    // One button is loud: the first way that is open here.
    if (act === undefined && (ready || device)) document.querySelector('form[action="/login"] .btn-primary')?.classList.remove("btn-primary");
    if (device) root.append(h("p", {}, h("a", { class: ready ? "btn" : "btn btn-primary", href: "/devices/pair" }, word("pair-log-in"))));
    if (!ready) {
      if (device) return;
      root.append(hint(word("proof-no-certificate"), SETTINGS, word("ui-no-store-link")));
      return;
    }
  } catch (error) {
    root.append(alert("warning", word("ui-unavailable"), wordsOf(error)));
    return;
  }
  root.append(problems, submit);

  async function attempt(): Promise<void> {
    if (!form) return;
    submit.disabled = true;
    problems.replaceChildren();
    try {
      const asked =
        act === undefined
          ? { address: "/login/certificate/challenge", why: word("proof-log-in-why"), submit: word("proof-log-in"), values: {} }
          : { address: "/confirm/challenge", why: word("proof-confirm-why"), submit: word("proof-confirm"), values: { act } };
      const proof = await prove(form, asked);
      if (proof) {
        const prefix = act === undefined ? "" : "confirm-";
        set(form, `${prefix}token`, proof.token);
        set(form, `${prefix}nonce`, proof.nonce);
        form.submit();
        return;
      }
    } catch (error) {
      problems.replaceChildren(alert("danger", said(error)));
    }
    submit.disabled = false;
    submit.focus();
  }
}

/** What an error of a proof says to a person. */
export function said(error: unknown): string {
  return error instanceof ProofError ? error.message : wordsOf(error instanceof StoreError ? error : String(error));
}

/** Puts a value into a hidden field of the form. */
export function set(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}
