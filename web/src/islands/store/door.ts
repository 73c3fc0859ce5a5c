// The way in: setting the store up, unlocking it, and, once it is open, importing into it.

import { StoreError } from "../../store/client";
import type { StoreState } from "../../store/protocol";
import { FieldProblem, NEW_PASSWORD, PASSWORD, blaming, wordsOf } from "../../ui/dialog";
import { nameOf } from "../../ui/certificate";
import { button, h } from "../../ui/elements";
import { fileField, passwordField } from "../../ui/fields";
import { word } from "../../words";
import { attempt, type Context } from "./context";
import { card, form, newPassword, storePassword } from "./form";
import { reset } from "./upkeep";

/** Where there is no store: the offer to set it up, with what that means. */
export function setUp(context: Context): HTMLElement {
  const password = newPassword(context, word("store-password-new"), word("store-setup-phrase"));
  return card(
    word("store-setup-title"),
    form({
      body: [
        h("p", {}, word("store-setup-text")),
        h("p", {}, h("strong", {}, word("store-setup-forget"))),
        h("div", { class: "store-fields" }, ...password.fields.map(({ root }) => root)),
      ],
      fields: password.fields,
      submit: word("store-setup-submit"),
      icon: "shield-lock",
      run: async () => {
        const asked = { password: password.value(), words: context.words };
        await blaming(NEW_PASSWORD, () => context.store.ask("activate", asked));
        context.say("success", word("store-setup-done"));
      },
    }),
  );
}

/** Where it is locked: its password, or what to do without it. */
export function unlock(context: Context, state: StoreState): HTMLElement {
  const password = storePassword();
  const waiting = h("p", { class: "text-secondary", hidden: true });
  const root = form({
    body: [h("div", { class: "store-fields" }, password.root), waiting],
    fields: [password],
    submit: word("store-unlock-submit"),
    icon: "lock-open",
    run: async () => {
      await blaming(PASSWORD, () => context.store.ask("unlock", { password: password.value() }));
      context.say("success", word("store-unlocked-now"));
    },
  });
  root.querySelector(".form-actions")?.append(button(word("store-forgotten"), () => attempt(context, () => reset(context))));
  wait(root, waiting, context, state);
  return card(word("store-unlock-title"), root);
}

/** Counts down while passwords are not looked at. */
function wait(root: HTMLFormElement, waiting: HTMLElement, { store }: Context, state: StoreState): void {
  const submit = root.querySelector<HTMLButtonElement>("button[type=submit]");
  const look = (): void => {
    const left = ((store.current ?? state).waitUntilMs ?? 0) - Date.now();
    waiting.hidden = left <= 0;
    if (left > 0) waiting.textContent = word("store-wait", { seconds: Math.ceil(left / 1_000) });
    if (submit && !root.hasAttribute("aria-busy")) submit.disabled = left > 0;
  };
  look();
  const timer = window.setInterval(() => (root.isConnected ? look() : window.clearInterval(timer)), 500);
}

/** Where it is open: a file with a key, into it. */
export function importing(context: Context, guide: string | undefined): HTMLElement {
  const file = fileField({ name: "file", label: word("store-import-file"), accept: ".p12,.pfx,application/x-pkcs12" });
  const password = passwordField({
    name: "file-password", label: word("store-import-password"), hint: word("store-import-password-hint"), autocomplete: "off",
  });
  const root: HTMLElement = card(
    word("store-import-title"),
    h("p", {}, word("store-import-text"), guide === undefined ? null : " ", guide === undefined ? null : h("a", { href: guide }, word("store-import-how"))),
    form({
      body: [h("div", { class: "store-fields store-fields-file" }, file.root, password.root)],
      fields: [file, password],
      submit: word("store-import-submit"),
      icon: "upload",
      run: async () => {
        const chosen = file.value() ?? refuse("file", word("store-import-no-file"));
        const { imported, keysSkipped } = await told(() => context.store.ask("import", { file: chosen, password: password.value() }));
        const expired = imported.every(({ validity }) => validity === "expired");
        const text = [
          imported.map(nameOf).join(", ") + ".",
          expired ? word("store-imported-expired") : "",
          word("store-imported-text"),
          keysSkipped > 0 ? word("store-imported-skipped", { count: keysSkipped }) : "",
        ];
        context.say("success", word("store-imported-title", { count: imported.length }), text.filter((part) => part !== "").join(" "));
        root.replaceWith(importing(context, guide));
      },
    }),
  );
  return root;
}

function refuse(field: string, text: string): never {
  throw new FieldProblem(field, text);
}

/** The file's own problems stand at the file, those of its password there; each says that nothing was imported. */
async function told<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    switch (error.problem.code) {
      case "wrongPassword":
        return refuse("file-password", word("store-import-wrong-password"));
      case "unusablePassword":
        return refuse("file-password", wordsOf(error));
      case "locked":
      case "inactive":
      case "internal":
      case "unavailable":
      case "noStorage":
        throw error;
      default:
        return refuse("file", `${wordsOf(error)} ${word("store-import-nothing")}`);
    }
  }
}
