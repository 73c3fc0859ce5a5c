// Dialogs: the browser's own <dialog>, which keeps the focus, closes by Escape and gives the focus back.

import { StoreError } from "../store/client";
import type { Problem } from "../store/protocol";
import { word } from "../words";
import { button, freshId, h } from "./elements";
import type { Field } from "./fields";
import { alert, explain } from "./problem";

/** What `run` throws when one field is to blame. */
export class FieldProblem extends Error {
  constructor(
    readonly field: string,
    readonly text: string,
  ) {
    super(text);
    this.name = "FieldProblem";
  }
}

interface Wanted<T> {
  title: string;
  body: (Node | string)[];
  /** The fields of the body, for problems and for the focus. */
  fields?: Field<unknown>[];
  /** What the button says. */
  submit: string;
  /** The act cannot be undone. */
  danger?: boolean;
  run: () => Promise<T>;
}

/** Asks, does it, and gives what came of it; null where the person changed their mind. While it runs, the dialog stays. */
export function openDialog<T>(wanted: Wanted<T>): Promise<T | null> {
  const { promise, resolve } = withResolvers<T | null>();
  const title = freshId("dialog-title");
  const problems = h("div", { role: "alert" });
  const submit = h("button", { type: "submit", class: `btn ${wanted.danger ? "btn-danger" : "btn-primary"}` }, wanted.submit);
  const cancel = button(word("ui-cancel"), () => dialog.close());
  const form = h(
    "form",
    { novalidate: true },
    h("h2", { class: "dialog-title", id: title }, wanted.title),
    problems,
    ...wanted.body,
    h("div", { class: "form-actions" }, submit, cancel),
  );
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": title }, form);
  const fields = wanted.fields ?? [];
  let done: T | null = null;
  let busy = false;
  const attempt = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    submit.disabled = cancel.disabled = true;
    dialog.setAttribute("aria-busy", "true");
    problems.replaceChildren();
    for (const field of fields) field.problem(null);
    try {
      done = await wanted.run();
      busy = false;
      dialog.close();
    } catch (error) {
      const field = error instanceof FieldProblem ? fields.find(({ name }) => name === error.field) : undefined;
      submit.disabled = cancel.disabled = busy = false;
      if (field && error instanceof FieldProblem) {
        field.problem(error.text);
        field.focus();
      } else {
        problems.replaceChildren(alert("danger", wordsOf(error)));
        (fields[0] ?? submit).focus();
      }
    } finally {
      busy = false;
      dialog.removeAttribute("aria-busy");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt();
  });
  dialog.addEventListener("cancel", (event) => {
    if (busy) event.preventDefault();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(done);
  });
  document.body.append(dialog);
  dialog.showModal();
  (fields[0] ?? submit).focus();
  return promise;
}

/** Asks whether to do what cannot be undone, or only tells. */
export function confirmDialog(wanted: { title: string; text: string; submit: string; danger?: boolean; run?: () => Promise<void> }): Promise<boolean> {
  const { title, text, submit, danger, run } = wanted;
  const body = [h("p", {}, text)];
  const does = async (): Promise<true> => {
    await run?.();
    return true;
  };
  return openDialog({ title, body, submit, danger: danger ?? false, run: does }).then((done) => done === true);
}

/** What an error says to a person. */
export function wordsOf(error: unknown): string {
  if (error instanceof FieldProblem) return error.text;
  return explain(error instanceof StoreError ? error.problem : { code: "internal", detail: String(error) });
}

/** Runs an act; a problem of which a field is to blame stands at that field. */
export async function blaming<T>(fields: Partial<Record<Problem["code"], string>>, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const field = error instanceof StoreError ? fields[error.problem.code] : undefined;
    throw field === undefined ? error : new FieldProblem(field, wordsOf(error));
  }
}

/** What can be wrong with the store's password. */
export const PASSWORD = { wrongPassword: "password", wait: "password", unusablePassword: "password" } as const;
/** What can be wrong with a new one. */
export const NEW_PASSWORD = { weakPassword: "new-password", unusablePassword: "new-password" } as const;

/** Promise.withResolvers, which the oldest of our browsers lack. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((given) => {
    resolve = given;
  });
  return { promise, resolve };
}
