// A form on a page: its fields, one button, what is wrong beside the fields, and what came of it below.

import { FieldProblem, wordsOf } from "./dialog";
import { h } from "./elements";
import type { Field } from "./fields";
import { ProgressLine, release } from "./files";
import { alert } from "./problem";
import type { Progress } from "../store/protocol";
import { word } from "../words";

interface Wanted {
  fields: Field<unknown>[];
  submit: string;
  /** Does it; what it gives is shown, nothing is shown where it gives null (the person changed their mind). */
  run: (progress: Progress) => Promise<Node[] | null>;
}

/** The form, with a place for what comes of it. */
export function task({ fields, submit, run }: Wanted): HTMLElement {
  const problems = h("div", { role: "alert" });
  const result = h("div", { class: "task-result", tabindex: "-1" });
  const progress = new ProgressLine(word("files-progress-label"));
  const act = h("button", { type: "submit", class: "btn btn-primary" }, submit);
  const form = h("form", { novalidate: true, class: "task" }, problems, ...fields.map(({ root }) => root), progress.root, h("div", { class: "form-actions" }, act));
  let busy = false;
  const clear = (): void => {
    release(result);
    result.replaceChildren();
  };
  const attempt = async (): Promise<void> => {
    if (busy) return;
    busy = act.disabled = true;
    form.setAttribute("aria-busy", "true");
    problems.replaceChildren();
    clear();
    for (const field of fields) field.problem(null);
    try {
      const nodes = await run(progress.show);
      if (nodes) {
        for (const input of form.querySelectorAll<HTMLInputElement>(".password-line input")) {
          input.value = "";
          // Not for the form, which nobody changed: for what says how strong it is.
          input.dispatchEvent(new Event("input"));
        }
        result.replaceChildren(...nodes);
        // What is next is loud, alone.
        act.classList.toggle("btn-primary", result.querySelector(".btn-primary") === null);
        result.focus();
        result.scrollIntoView({ block: "nearest" });
      }
    } catch (error) {
      const field = error instanceof FieldProblem ? fields.find(({ name }) => name === error.field) : undefined;
      if (field && error instanceof FieldProblem) {
        field.problem(error.text);
        field.focus();
      } else {
        problems.replaceChildren(alert("danger", wordsOf(error)));
        problems.scrollIntoView({ block: "nearest" });
      }
    } finally {
      busy = act.disabled = false;
      form.removeAttribute("aria-busy");
      progress.hide();
    }
  };
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => act.classList.add("btn-primary"));
  // What a browser keeps of a page that was left shows nothing of it any more.
  window.addEventListener("pagehide", clear);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt();
  });
  return h("div", {}, form, result);
}

/** Shows the part of a page that belongs to a choice. */
export function parts(choice: Field, of: Record<string, HTMLElement>): HTMLElement {
  const show = (): void => {
    for (const [value, part] of Object.entries(of)) part.hidden = value !== choice.value();
  };
  choice.root.addEventListener("change", show);
  show();
  return h("div", {}, choice.root, ...Object.values(of));
}

/** What was chosen, or a problem beside the field. */
export function demand<T>(field: Field<T | null>, text: string): T {
  const value = field.value();
  if (value === null || value === "") throw new FieldProblem(field.name, text);
  return value;
}
