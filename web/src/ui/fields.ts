// Fields as templates/components/forms.html draws them: label above, an example or reason below, the error beside.

import type { Store } from "../store/client";
import type { Strength } from "../store/protocol";
import { hasWord, word } from "../words";
import { button, freshId, h, icon } from "./elements";

/** A field with its label. */
export interface Field<T = string> {
  readonly name: string;
  root: HTMLElement;
  value(): T;
  /** Says what is wrong with it, or that nothing is any more. */
  problem(text: string | null): void;
  focus(): void;
}

interface Common {
  name: string;
  label: string;
  hint?: string;
}

/** Label, control, hint and a place for the problem. */
function around<T>({ name, label, hint }: Common, control: HTMLElement, value: () => T, group = false): Field<T> {
  const id = freshId(name);
  const beside = h("div", { class: "invalid-feedback", id: `${id}-problem`, hidden: true });
  const focusable = control.matches("input, select, textarea") ? control : (control.querySelector<HTMLElement>("input") ?? control);
  if (group) control.setAttribute("aria-labelledby", `${id}-label`);
  else focusable.id = id;
  const described = hint === undefined ? [] : [`${id}-hint`];
  const describe = (ids: string[]): void => {
    if (ids.length > 0) focusable.setAttribute("aria-describedby", ids.join(" "));
    else focusable.removeAttribute("aria-describedby");
  };
  describe(described);
  return {
    name,
    root: h(
      "div",
      { class: "mb-3" },
      group ? h("p", { class: "form-label", id: `${id}-label` }, label) : h("label", { class: "form-label", for: id }, label),
      control,
      hint === undefined ? null : h("small", { class: "form-hint", id: `${id}-hint` }, hint),
      beside,
    ),
    value,
    problem(text) {
      beside.replaceChildren(...(text === null ? [] : [icon("alert-circle"), ` ${text}`]));
      beside.hidden = text === null;
      focusable.classList.toggle("is-invalid", text !== null);
      if (text === null) focusable.removeAttribute("aria-invalid");
      else focusable.setAttribute("aria-invalid", "true");
      describe(text === null ? described : [...described, beside.id]);
    },
    focus: () => focusable.focus(),
  };
}

/** One line of text. */
export function textField(wanted: Common & { autocomplete?: string; value?: string; kind?: "text" | "email" | "number"; required?: boolean }): Field {
  const input = h("input", {
    class: "form-control",
    type: wanted.kind ?? "text",
    name: wanted.name,
    autocomplete: wanted.autocomplete ?? "off",
    required: wanted.required ?? true,
    value: wanted.value ?? "",
  });
  return around(wanted, input, () => input.value.trim());
}

/** Several lines of text. */
export function areaField(wanted: Common & { rows?: number; value?: string }): Field {
  const area = h("textarea", { class: "form-control", name: wanted.name, rows: String(wanted.rows ?? 6), spellcheck: "false" });
  area.value = wanted.value ?? "";
  return around(wanted, area, () => area.value);
}

/** A password, which can be shown; with `strength` it is judged as one types. */
export function passwordField(
  wanted: Common & { autocomplete: "current-password" | "new-password" | "off"; strength?: Store; words?: string[] },
): Field {
  const input = h("input", {
    class: "form-control", type: "password", name: wanted.name, autocomplete: wanted.autocomplete, required: true, spellcheck: "false", autocapitalize: "none",
  });
  const eye = button("", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    eye.setAttribute("aria-pressed", String(shown));
    eye.replaceChildren(icon(shown ? "eye-off" : "eye"));
    input.focus();
  }, { kind: "btn-icon password-eye", label: word("ui-show-password") });
  eye.setAttribute("aria-pressed", "false");
  eye.append(icon("eye"));
  const field = around(wanted, h("div", { class: "password-line" }, input, eye), () => input.value);
  if (wanted.strength) field.root.append(meter(input, wanted.strength, wanted.words ?? []));
  return field;
}

const PAUSE_MS = 150;

function meter(input: HTMLInputElement, store: Store, words: string[]): HTMLElement {
  const bar = h("meter", { class: "strength-meter", min: "0", max: "4", low: "2", high: "3", optimum: "4", value: "0", "aria-hidden": "true" });
  const said = h("p", { class: "strength-words", role: "status" });
  const root = h("div", { class: "strength is-empty" }, bar, said);
  let timer = 0;
  let turn = 0;
  const judge = async (): Promise<void> => {
    turn += 1;
    const mine = turn;
    root.classList.toggle("is-empty", input.value === "");
    if (input.value === "") return;
    try {
      const judged = await store.ask("strength", { password: input.value, words });
      if (mine !== turn) return;
      bar.value = judged.score;
      said.textContent = [word(`ui-strength-${judged.score}`), ...advice(judged)].join(" ");
    } catch {
      root.classList.add("is-empty");
    }
  };
  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void judge(), PAUSE_MS);
  });
  return root;
}

/** What is wrong with a password and what would help, in sentences. */
export function advice(judged: Strength): string[] {
  if (judged.isEnough) return [];
  const keys = [
    ...(judged.warning === null ? [] : [`ui-password-warning-${judged.warning}`]),
    ...judged.suggestions.map((suggestion) => `ui-password-suggestion-${suggestion}`),
  ];
  return keys.filter(hasWord).map((key) => word(key));
}

/** A file, chosen or dropped. */
export function fileField(wanted: Common & { accept: string; chosen?: (file: File) => void }): Field<File | null> {
  const input = h("input", { class: "form-control", type: "file", name: wanted.name, accept: wanted.accept });
  const zone = h("div", { class: "drop-zone" }, h("span", { class: "drop-words" }, icon("upload"), ` ${word("ui-drop-file")}`), input);
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("drop-here");
    });
  }
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget as Node | null)) zone.classList.remove("drop-here");
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("drop-here");
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file) wanted.chosen?.(file);
  });
  return around(wanted, zone, () => input.files?.[0] ?? null);
}

interface Option {
  value: string;
  text: string;
  hint?: string;
}

/** A choice of few, all in sight. */
export function choiceField(wanted: Common & { options: Option[]; value?: string }): Field {
  const group = h("div", { role: "radiogroup" });
  const name = freshId(wanted.name);
  for (const option of wanted.options) {
    const box = h("input", { class: "form-check-input", type: "radio", name, value: option.value });
    box.checked = option.value === (wanted.value ?? wanted.options[0]?.value);
    const text = h("span", { class: "form-check-label" }, option.text);
    const hint = option.hint === undefined ? null : h("span", { class: "form-check-description" }, option.hint);
    group.append(h("label", { class: "form-check" }, box, text, hint));
  }
  const checked = (): string => group.querySelector<HTMLInputElement>("input:checked")?.value ?? "";
  return around(wanted, group, checked, true);
}

/** A choice of many. */
export function selectField(wanted: Common & { options: Option[]; value?: string }): Field {
  const options = wanted.options.map(({ value, text }) => h("option", { value }, text));
  const select = h("select", { class: "form-select", name: wanted.name }, ...options);
  if (wanted.value !== undefined) select.value = wanted.value;
  return around(wanted, select, () => select.value);
}

/** One box to tick. */
export function checkField(wanted: Common & { checked?: boolean }): Field<boolean> {
  const box = h("input", { class: "form-check-input", type: "checkbox", name: wanted.name });
  box.checked = wanted.checked ?? false;
  const { name, label } = wanted;
  const beside = h("div", { class: "invalid-feedback", hidden: true });
  const hint = wanted.hint === undefined ? null : h("span", { class: "form-check-description" }, wanted.hint);
  return {
    name,
    root: h("div", { class: "mb-3" }, h("label", { class: "form-check" }, box, h("span", { class: "form-check-label" }, label), hint), beside),
    value: () => box.checked,
    problem(text) {
      beside.replaceChildren(...(text === null ? [] : [icon("alert-circle"), ` ${text}`]));
      beside.hidden = text === null;
      box.classList.toggle("is-invalid", text !== null);
    },
    focus: () => box.focus(),
  };
}
