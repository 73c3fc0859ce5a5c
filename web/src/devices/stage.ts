// What both pages of a pairing have in common: a place whose contents change and are announced, the digits, and refusals in words.

import { ProofError } from "../islands/proof";
import { StoreError } from "../store/client";
import { wordsOf } from "../ui/dialog";
import { h } from "../ui/elements";
import { alert } from "../ui/problem";
import { word } from "../words";
import { Refused, wordsOfRefusal } from "./wire";

/** Shows one step at a time; the focus goes to its heading, so that it is read. */
export function stage(root: HTMLElement, level: "h2" | "h3"): (title: string, ...body: Node[]) => void {
  const place = h("div", { class: "stage" });
  root.append(place);
  let shownBefore = false;
  return (title, ...body) => {
    const heading = h(level, { tabindex: "-1" }, title);
    place.replaceChildren(heading, ...body);
    if (shownBefore) heading.focus();
    shownBefore = true;
  };
}

/** Six digits in two groups, large; read digit by digit. */
export function digitsShown(digits: string): HTMLElement {
  const spaced = `${digits.slice(0, 3)} ${digits.slice(3)}`;
  return h("p", { class: "pairing-digits", "aria-label": [...digits].join(" ") }, spaced);
}

/** What went wrong, to be announced. */
export function trouble(error: unknown): HTMLElement {
  return h("div", { role: "alert" }, alert("danger", troubleWords(error)));
}

export function troubleWords(error: unknown): string {
  if (error instanceof Refused) return wordsOfRefusal(error);
  if (error instanceof ProofError) return error.message;
  if (error instanceof StoreError || !(error instanceof DOMException)) return wordsOf(error);
  return word("devices-problem-unreachable", { seconds: 1 });
}

/** A line that says what is waited for. */
export function waiting(text: string): HTMLElement {
  return h("p", { class: "pairing-wait", role: "status" }, text);
}
