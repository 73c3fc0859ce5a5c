// The store, opened for a key that is to be made or to get its certificate; set up first where there is none.

import { NEW_PASSWORD, blaming, openDialog } from "../../ui/dialog";
import { h } from "../../ui/elements";
import { state, store, unlocked } from "../../ui/unlock";
import { word } from "../../words";
import type { Context } from "../store/context";
import { newPassword } from "../store/form";

/** Whether the store is open now; `why` says what for. False: the person changed their mind. */
export async function opened(context: Context, why: string): Promise<boolean> {
  return (await state()).status === "inactive" ? setUp(context) : unlocked(why);
}

async function setUp(context: Context): Promise<boolean> {
  const password = newPassword(context, word("key-new-password"), word("key-new-password-hint"));
  const done = await openDialog({
    title: word("key-setup-title"),
    body: [h("p", {}, word("key-setup-text")), h("p", {}, h("strong", {}, word("key-setup-forget"))), ...password.fields.map(({ root }) => root)],
    fields: password.fields,
    submit: word("key-setup-submit"),
    run: () => {
      const asked = { password: password.value(), words: context.words };
      return blaming(NEW_PASSWORD, () => store().ask("activate", asked));
    },
  });
  return done !== null;
}

/** Puts an issued certificate, which the portal serves with its chain at this address, beside its key, and makes it the primary one. */
export async function install(chain: string): Promise<void> {
  const answer = await fetch(chain);
  if (!answer.ok) throw new Error(`${chain} answered ${answer.status}`);
  await installFile(await answer.blob());
}

/** The same with a certificate that is at hand; gives its id. */
export async function installFile(file: Blob): Promise<string> {
  const { id } = await store().ask("installCertificate", { file });
  await store().ask("setPrimary", { id });
  return id;
}
