// A form that may be signed as a document before it is sent: signed are the octets of the text that the page shows.

import { wordsOf } from "../ui/dialog";
import { button, h } from "../ui/elements";
import { keep, sizeOf } from "../ui/files";
import { alert } from "../ui/problem";
import { pick, state, store } from "../ui/unlock";
import { word } from "../words";
import { signs } from "./sign";

/** A signature has a tenth of that; more is not worth sending. */
const MAX_SIGNATURE = 32 << 10;

export async function signing(root: HTMLElement): Promise<void> {
  const form = root.closest("form");
  const text = root.querySelector("pre")?.textContent;
  const place = root.querySelector("[data-signing]");
  const field = root.querySelector<HTMLInputElement>("input[name=signature]");
  // Without a certificate here the form is sent as ever.
  const { certificates } = await state().catch(() => ({ certificates: 0 }));
  if (!form || !text || !place || !field || certificates === 0) return;
  const name = root.dataset.name ?? "document.txt";
  const content = new Blob([text], { type: "text/plain;charset=utf-8" });
  const registered = new Set((root.dataset.registered ?? "").split(" "));
  const mine = (await store().ask("list", {})).filter((one) => signs(one) && registered.has(one.id));
  const problems = h("div", { role: "alert" });
  const said = h("div", { role: "status" });
  const act = button(word("signing-submit"), () => void attempt(form, field), { icon: "signature" });
  const save = keep(content, name, word("signing-keep", { size: sizeOf(content.size) }), "btn-ghost-secondary");
  if (mine.length > 0) {
    place.replaceChildren(problems, said, h("div", { class: "btn-list" }, act, save));
  } else {
    const link = h("a", { href: "/settings/registered" }, word("signing-none-link"));
    place.replaceChildren(h("p", { class: "mb-0" }, `${word("signing-none")} `, link));
  }
  root.hidden = false;
  // A page that the browser kept is sent without what was signed then.
  const forget = (): void => {
    field.value = "";
  };
  window.addEventListener("pageshow", forget);
  forget();

  async function attempt(sent: HTMLFormElement, carries: HTMLInputElement): Promise<void> {
    if (act.disabled) return;
    act.disabled = true;
    problems.replaceChildren();
    try {
      const open = sent.querySelector<HTMLInputElement>("input[name=statement]:not(:checked)");
      if (open) {
        problems.replaceChildren(alert("danger", word("signing-unticked")));
        open.focus();
        return;
      }
      const signer = await pick((one) => mine.some(({ id }) => id === one.id), word("signing-why", { name }), word("signing-submit"));
      if (!signer) return;
      const signed = await store().ask("sign", { id: signer.id, content, detached: true });
      if (signed.size > MAX_SIGNATURE) throw new Error("the signature is larger than any");
      carries.value = base64(new Uint8Array(await signed.arrayBuffer()));
      said.replaceChildren(h("p", { class: "text-secondary" }, word("signing-sending")));
      sent.requestSubmit();
    } catch (error) {
      forget();
      problems.replaceChildren(alert("danger", wordsOf(error)));
    } finally {
      act.disabled = false;
    }
  }
}

function base64(octets: Uint8Array): string {
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(""));
}
