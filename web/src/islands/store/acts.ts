// What is done with one certificate of the store.

import type { Entry, ExportProfile } from "../../store/protocol";
import { nameOf } from "../../ui/certificate";
import { PASSWORD, blaming, openDialog } from "../../ui/dialog";
import { h } from "../../ui/elements";
import { choiceField } from "../../ui/fields";
import { word } from "../../words";
import type { Context } from "./context";
import { newPassword, storePassword } from "./form";

export async function makePrimary({ store, say }: Context, entry: Entry): Promise<void> {
  await store.ask("setPrimary", { id: entry.id });
  say("success", word("store-made-primary", { name: nameOf(entry) }));
}

/** Says what is lost, asks, and deletes; whether it did. */
export async function remove({ store, say }: Context, entry: Entry): Promise<boolean> {
  const name = nameOf(entry);
  const body = [h("p", {}, word("store-remove-text"))];
  if (entry.isPrimary) body.push(h("p", {}, word("store-remove-primary")));
  const done = await openDialog({
    title: word("store-remove-title", { name }),
    body,
    submit: word("store-remove-submit"),
    danger: true,
    run: () => store.ask("remove", { id: entry.id }),
  });
  if (done) say("success", word("store-removed", { name }));
  return done !== null;
}

/** A backup, under a password of its own; the store's is typed for it. */
export async function exportBackup(context: Context, entry: Entry): Promise<void> {
  const profile = choiceField({
    name: "profile",
    label: word("store-export-form"),
    options: (["modern", "legacy"] as const).map((value) => ({
      value, text: word(`store-export-${value}`), hint: word(`store-export-${value}-hint`),
    })),
  });
  const own = newPassword(context, word("store-export-file-password"), word("store-export-file-password-hint"));
  const password = storePassword();
  const name = nameOf(entry);
  const backup = await openDialog({
    title: word("store-export-title", { name }),
    body: [h("p", {}, word("store-export-text")), profile.root, ...own.fields.map(({ root }) => root), password.root],
    fields: [...own.fields, password],
    submit: word("store-export-submit"),
    run: () => {
      const asked = { id: entry.id, profile: profile.value() as ExportProfile, filePassword: own.value(), password: password.value() };
      return blaming({ ...PASSWORD, unusablePassword: "new-password" }, () => context.store.ask("export", asked));
    },
  });
  if (!backup) return;
  const file = save(backup, name, "p12");
  context.say("success", word("store-export-done", { file }));
}

const KEPT_MS = 60_000;

/** Hands a file to the browser to be kept; gives its name. */
export function save(content: Blob, name: string, ending: string): string {
  const file = `${name.replaceAll(/[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "-").slice(0, 80)}.${ending}`;
  const address = URL.createObjectURL(content);
  const link = h("a", { href: address, download: file, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
  return file;
}
