// A form that stands in the page and is answered here.

import { FieldProblem, wordsOf } from "../../ui/dialog";
import { h, icon } from "../../ui/elements";
import { passwordField, type Field } from "../../ui/fields";
import { alert } from "../../ui/problem";
import { word } from "../../words";
import type { Context } from "./context";

interface Wanted {
  body: (Node | string)[];
  fields: Field<unknown>[];
  submit: string;
  icon: string;
  /** May throw what is wrong; shown in the form. */
  run: () => Promise<void>;
}

/** A form with one button; while it runs, nothing else can be sent. */
export function form({ body, fields, submit, icon: image, run }: Wanted): HTMLFormElement {
  const button = h("button", { type: "submit", class: "btn btn-primary" }, icon(image), ` ${submit}`);
  const problems = h("div", { role: "alert" });
  const root = h("form", { novalidate: true }, problems, ...body, h("div", { class: "form-actions" }, button));
  const attempt = async (): Promise<void> => {
    if (root.hasAttribute("aria-busy")) return;
    root.setAttribute("aria-busy", "true");
    button.disabled = true;
    problems.replaceChildren();
    for (const field of fields) field.problem(null);
    try {
      await run();
    } catch (error) {
      button.disabled = false;
      const field = error instanceof FieldProblem ? fields.find(({ name }) => name === error.field) : undefined;
      if (field && error instanceof FieldProblem) field.problem(error.text);
      else problems.replaceChildren(alert("danger", wordsOf(error)));
      (field ?? fields[0])?.focus();
    } finally {
      button.disabled = false;
      root.removeAttribute("aria-busy");
    }
  };
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt();
  });
  return root;
}

/** A new password, judged as it is typed, and the same once more. */
export function newPassword({ store, words }: Context, label = word("store-password-new"), hint?: string): { fields: Field[]; value(): string } {
  const once = passwordField({ name: "new-password", label, ...(hint === undefined ? {} : { hint }), autocomplete: "new-password", strength: store, words });
  const again = passwordField({ name: "password-again", label: word("store-password-again"), autocomplete: "new-password" });
  return {
    fields: [once, again],
    value() {
      if (once.value() === "") throw new FieldProblem("new-password", word("store-password-missing"));
      if (once.value() !== again.value()) throw new FieldProblem("password-again", word("store-password-differs"));
      return once.value();
    },
  };
}

/** The store's password, typed for this. */
export function storePassword(label = word("store-password")): Field {
  const field = passwordField({ name: "password", label, autocomplete: "current-password" });
  const value = (): string => {
    if (field.value() === "") throw new FieldProblem("password", word("store-password-missing"));
    return field.value();
  };
  return { ...field, value };
}

/** A card under a heading. */
export function card(title: string, ...children: (Node | string | null)[]): HTMLElement {
  return h("section", { class: "card" }, h("div", { class: "card-header" }, h("h2", { class: "card-title" }, title)), h("div", { class: "card-body" }, ...children));
}
