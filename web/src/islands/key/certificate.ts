// On the page of an issued certificate: whether it is in this browser's store, or its key waits there for it, or was made in another browser.

import type { Entry } from "../../store/protocol";
import { wordsOf } from "../../ui/dialog";
import { button, h, icon } from "../../ui/elements";
import { alert } from "../../ui/problem";
import { state, store } from "../../ui/unlock";
import { word } from "../../words";
import { exportBackup } from "../store/acts";
import type { Context } from "../store/context";
import { card } from "../store/form";
import { install, opened } from "./open";

/** Guides to what becomes of a backup. */
const GUIDES = [
  ["/help/thunderbird", "key-guide-thunderbird"],
  ["/help/outlook", "key-guide-outlook"],
  ["/help/apple-mail", "key-guide-apple"],
] as const;

export async function certificateStore(root: HTMLElement): Promise<void> {
  const said = h("div", { role: "status" });
  const panel = h("div");
  root.replaceChildren(said, panel);
  const context: Context = {
    store: store(),
    words: [root.dataset.name ?? ""],
    say: (kind, title, text) => said.replaceChildren(alert(kind, title, text)),
  };
  const draw = async (): Promise<void> => {
    const shown = await stands(root, context, draw);
    panel.replaceChildren(...shown);
    root.hidden = shown.length === 0;
  };
  try {
    await state();
    await draw();
  } catch (error) {
    // Of no use to whoever keeps the key elsewhere.
    if (root.dataset.place !== "browser") return;
    panel.replaceChildren(alert("warning", word("key-unavailable"), wordsOf(error)));
    root.hidden = false;
  }
}

/** What there is to say, and to do. */
async function stands(root: HTMLElement, context: Context, draw: () => Promise<void>): Promise<HTMLElement[]> {
  const { certificate, key, chain = "", place } = root.dataset;
  const entry = (await context.store.ask("list", {})).find(({ id }) => id === certificate);
  if (entry) return [stored(context, entry, place === "browser", draw)];
  const waits = (await context.store.ask("pendingKeys", {})).some(({ keyId }) => keyId === key);
  if (waits) return [waiting(context, chain, draw)];
  if (place !== "browser") return [];
  const link = h("a", { href: "/settings/store" }, word("key-elsewhere-link"));
  const note = alert("info", word("key-elsewhere-title"), word("key-elsewhere-text"));
  note.lastElementChild?.append(h("p", {}, link));
  return [note];
}

function waiting(context: Context, chain: string, draw: () => Promise<void>): HTMLElement {
  const act = async (): Promise<void> => {
    if (!(await opened(context, word("key-why-install")))) return;
    try {
      await install(chain);
      context.say("success", word("key-installed"));
    } catch (error) {
      context.say("warning", word("key-not-installed"), wordsOf(error));
    }
    await draw();
  };
  return card(
    word("key-waits-title"),
    h("p", {}, word("key-waits-text")),
    h("div", { class: "btn-list" }, button(word("key-install"), () => void act(), { kind: "btn-primary", icon: "key" })),
  );
}

/** The certificate and its key are here: a backup is offered. */
export function stored(context: Context, entry: Entry, madeHere: boolean, draw: () => Promise<void>): HTMLElement {
  const isSaved = backups.has(entry.id);
  const save = async (): Promise<void> => {
    let saved = false;
    const say: Context["say"] = (kind, title, text) => {
      saved ||= kind === "success";
      context.say(kind, title, text);
    };
    await exportBackup({ ...context, say }, entry);
    if (!saved) return;
    backups.add(entry.id);
    await draw();
  };
  const primary = async (): Promise<void> => {
    await context.store.ask("setPrimary", { id: entry.id });
    await draw();
  };
  const urgent = madeHere && !isSaved;
  const guides = GUIDES.map(([address, text]) => h("li", {}, h("a", { href: address }, word(text))));
  return card(
    word("key-stored-title"),
    h("p", {}, icon("circle-check"), " ", word(entry.isPrimary ? "key-stored-primary" : "key-stored")),
    h("p", {}, word(urgent ? "key-backup-now" : isSaved ? "key-backup-saved" : "key-backup-text")),
    h(
      "div",
      { class: "btn-list" },
      button(word("key-backup"), () => void save(), { kind: urgent ? "btn-primary" : "", icon: "device-floppy" }),
      entry.isPrimary ? null : button(word("key-make-primary"), () => void primary()),
    ),
    h("p", { class: "mt-3 mb-1" }, word("key-guides")),
    h("ul", { class: "links" }, ...guides),
  );
}

/** Which certificates a backup was made of in this browser: a reminder, no more. */
const backups = {
  has: (id: string): boolean => remembered(() => localStorage.getItem(`backup-${id}`) !== null) ?? false,
  add: (id: string): void => remembered(() => localStorage.setItem(`backup-${id}`, "made")),
};

function remembered<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
