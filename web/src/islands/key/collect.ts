// A certificate collected by codes: the key is made here, and the certificate comes back as the answer to the form.

import { wordsOf } from "../../ui/dialog";
import { button, h } from "../../ui/elements";
import { alert } from "../../ui/problem";
import { state, store } from "../../ui/unlock";
import { word } from "../../words";
import type { Context } from "../store/context";
import { card } from "../store/form";
import { stored } from "./certificate";
import { choose } from "./choice";
import { fieldsOf, makesKey } from "./issue";
import { installFile, opened } from "./open";

export async function collect(root: HTMLElement): Promise<void> {
  const here = root.querySelector<HTMLInputElement>("#key-browser");
  const elsewhere = root.querySelector<HTMLElement>("[data-key-elsewhere]");
  if (!(root instanceof HTMLFormElement) || !here || !elsewhere) return;
  try {
    await state();
  } catch {
    // This browser keeps no keys.
    return;
  }
  here.closest("label")?.removeAttribute("hidden");
  choose(root, here, elsewhere);
  makesKey(root, () => here.checked, async (form, tell) => {
    const answer = await fetch(form.action, { method: "POST", body: fieldsOf(form), headers: { accept: "application/json" } });
    if (!answer.ok || !answer.headers.get("content-type")?.startsWith("application/json")) return false;
    const { chain } = (await answer.json()) as { chain: string };
    tell("key-installing");
    const octets = Uint8Array.from(atob(chain), (character) => character.charCodeAt(0));
    await showInstalled(form, new Blob([octets]));
    return true;
  });
}

/** The certificate is issued and cannot be asked for again: until it is installed, the page keeps it. */
async function showInstalled(form: HTMLElement, file: Blob): Promise<void> {
  const said = h("div", { role: "status" });
  const panel = h("div");
  form.replaceWith(said, panel);
  const context: Context = { store: store(), words: [], say: (kind, title, text) => said.replaceChildren(alert(kind, title, text)) };
  let id = "";
  const draw = async (): Promise<void> => {
    const entry = (await store().ask("list", {})).find((one) => one.id === id);
    if (entry) panel.replaceChildren(stored(context, entry, true, draw));
  };
  const act = async (): Promise<void> => {
    try {
      if (!(await opened(context, word("key-why-install")))) return;
      id = await installFile(file);
      context.say("success", word("key-installed"));
      await draw();
    } catch (error) {
      context.say("warning", word("key-not-installed"), wordsOf(error));
      const again = button(word("key-install"), () => void act(), { kind: "btn-primary", icon: "key" });
      panel.replaceChildren(card(word("key-waits-title"), h("p", {}, word("key-waits-text")), h("div", { class: "btn-list" }, again)));
    }
  };
  await act();
}
