// What is done to the store as a whole: its password, its locking, its end.

import type { StoreState } from "../../store/protocol";
import { FieldProblem, NEW_PASSWORD, PASSWORD, blaming, openDialog } from "../../ui/dialog";
import { button, h } from "../../ui/elements";
import { selectField, textField } from "../../ui/fields";
import { word } from "../../words";
import { attempt, type Context } from "./context";
import { card, newPassword, storePassword } from "./form";

const MINUTES = [1, 2, 5, 10, 15, 30, 60, 120];

/** Idle time, password, deactivation. */
export function settings(context: Context, state: StoreState): HTMLElement {
  const minutes = [...new Set([...MINUTES, state.idleMinutes])].sort((one, other) => one - other);
  const idle = selectField({
    name: "idle",
    label: word("store-idle"),
    options: minutes.map((count) => ({ value: String(count), text: word("store-idle-minutes", { minutes: count }) })),
    value: String(state.idleMinutes),
  });
  idle.root.addEventListener("change", () => attempt(context, () => setIdle(context, Number(idle.value()))));
  return card(
    word("store-settings-title"),
    h("div", { class: "store-idle" }, idle.root),
    h(
      "div",
      { class: "btn-list" },
      button(word("store-change"), () => attempt(context, () => changePassword(context)), { icon: "password" }),
      button(word("store-deactivate"), () => attempt(context, () => deactivate(context)), { icon: "trash", kind: "btn-outline-danger" }),
    ),
  );
}

async function setIdle({ store, say }: Context, minutes: number): Promise<void> {
  await store.ask("setIdle", { minutes });
  say("success", word("store-idle-done", { minutes }));
}

async function changePassword(context: Context): Promise<void> {
  const password = storePassword(word("store-password-old"));
  const next = newPassword(context);
  const done = await openDialog({
    title: word("store-change-title"),
    body: [h("p", {}, word("store-change-text")), h("p", {}, word("store-setup-forget")), password.root, ...next.fields.map(({ root }) => root)],
    fields: [password, ...next.fields],
    submit: word("store-change-submit"),
    run: () => {
      const asked = { password: password.value(), newPassword: next.value(), words: context.words };
      return blaming({ ...PASSWORD, ...NEW_PASSWORD }, () => context.store.ask("changePassword", asked));
    },
  });
  if (done) context.say("success", word("store-change-done"));
}

/** What is lost, in sentences. */
function losses(key: string, { certificates, pending }: StoreState): HTMLElement[] {
  const lost = [h("p", {}, word(key, { count: certificates }))];
  if (pending > 0) lost.push(h("p", {}, word("store-deactivate-pending", { count: pending })));
  return lost;
}

async function deactivate(context: Context): Promise<void> {
  const state = await context.store.ask("state", {});
  const password = storePassword();
  const done = await openDialog({
    title: word("store-deactivate-title"),
    body: [...losses("store-deactivate-text", state), h("p", {}, word("store-deactivate-kept")), password.root],
    fields: [password],
    submit: word("store-deactivate-submit"),
    danger: true,
    run: () => blaming(PASSWORD, () => context.store.ask("deactivate", { password: password.value() })),
  });
  if (done) context.say("success", word("store-deactivated"));
}

/** Without the password all that is left is to begin again; a word has to be typed, for there is no way back. */
export async function reset(context: Context): Promise<void> {
  const state = await context.store.ask("state", {});
  const wanted = word("store-reset-word");
  const typed = textField({ name: "word", label: word("store-reset-confirm", { word: wanted }) });
  const done = await openDialog({
    title: word("store-reset-title"),
    body: [h("p", {}, word("store-reset-text")), ...losses("store-reset-loss", state), typed.root],
    fields: [typed],
    submit: word("store-reset-submit"),
    danger: true,
    run: async () => {
      if (typed.value() !== wanted) throw new FieldProblem("word", word("store-reset-confirm-wrong", { word: wanted }));
      return context.store.ask("reset", {});
    },
  });
  if (done) context.say("success", word("store-reset-done"));
}
