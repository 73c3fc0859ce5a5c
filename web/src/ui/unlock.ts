// The page's one store, and the question for its password at the moment when a key is wanted.

import { Store } from "../store/client";
import type { Entry, StoreState } from "../store/protocol";
import { date, word } from "../words";
import { PASSWORD, blaming, openDialog, wordsOf } from "./dialog";
import { grouped } from "./certificate";
import { h } from "./elements";
import { choiceField, passwordField } from "./fields";
import { alert } from "./problem";

let only: Store | undefined;

/** The page's store; its worker starts with the first call. */
export function store(): Store {
  only ??= new Store();
  return only;
}

/** Where the store stands; a browser that cannot have one is said by the error. */
export function state(): Promise<StoreState> {
  return store().ask("state", {});
}

const SETTINGS = "/settings/store";

/** Says what is missing, and leads to where that is mended. */
async function lead(title: string, text: string): Promise<void> {
  const run = (): Promise<void> => {
    window.location.assign(SETTINGS);
    return Promise.resolve();
  };
  await openDialog({ title, body: [h("p", {}, text)], submit: word("ui-no-store-link"), run });
}

/**
 * Asks for the store's password if it is locked; `why` says what the key is wanted for. Where there is no store yet it tells how to set one up.
 * False: the person cancelled, or there is nothing to unlock.
 */
export async function unlocked(why: string): Promise<boolean> {
  const { status } = await state();
  if (status === "unlocked") return true;
  if (status === "inactive") {
    await lead(word("ui-no-store-title"), word("ui-no-store"));
    return false;
  }
  const password = passwordField({ name: "password", label: word("ui-store-password"), autocomplete: "current-password" });
  const done = await openDialog({
    title: word("ui-unlock-title"),
    body: [h("p", {}, why), password.root],
    fields: [password],
    submit: word("ui-unlock"),
    run: () => blaming(PASSWORD, () => store().ask("unlock", { password: password.value() })),
  });
  return done !== null;
}

/** A line that tells two certificates apart. */
export function label(entry: Entry): { value: string; text: string; hint: string } {
  const values = { authority: entry.authority, until: date(entry.notAfter), serial: grouped(entry.serial) };
  return { value: entry.id, text: entry.commonName ?? entry.emails[0] ?? entry.subject, hint: word("ui-certificate-line", values) };
}

/**
 * Lets the person choose one of the store's certificates, the primary first, and unlocks the store in the same dialog. Null: cancelled, or there
 * is none that fits, which was told.
 */
export async function pick(filter: (entry: Entry) => boolean, why: string, submit = word("ui-continue")): Promise<Entry | null> {
  const { status } = await state();
  if (status === "inactive") {
    await unlocked(why);
    return null;
  }
  const entries = (await store().ask("list", {})).filter(filter).sort((one, other) => Number(other.isPrimary) - Number(one.isPrimary));
  const [first] = entries;
  if (!first) {
    await lead(word("ui-no-certificate-title"), word("ui-no-certificate"));
    return null;
  }
  const password = passwordField({ name: "password", label: word("ui-store-password"), autocomplete: "current-password" });
  const choice = choiceField({ name: "certificate", label: word("ui-certificate"), options: entries.map(label) });
  const locked = status === "locked";
  const chosen = (): Entry => entries.find(({ id }) => id === choice.value()) ?? first;
  return openDialog({
    title: word("ui-pick-title"),
    body: [h("p", {}, why), choice.root, ...(locked ? [password.root] : [])],
    fields: locked ? [password] : [],
    submit,
    run: async () => {
      if (locked) await blaming(PASSWORD, () => store().ask("unlock", { password: password.value() }));
      return chosen();
    },
  });
}

/** Says in the page why there can be no store here. */
export async function available(root: HTMLElement): Promise<boolean> {
  try {
    await state();
    return true;
  } catch (error) {
    root.replaceChildren(alert("warning", word("ui-unavailable"), wordsOf(error)));
    return false;
  }
}
