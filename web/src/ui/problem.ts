// What went wrong in the store, in words: what it is and what to do.

import type { Problem } from "../store/protocol";
import { hasWord, word } from "../words";
import { advice } from "./fields";
import { h, icon } from "./elements";

const MEGABYTE = 1_000_000;

/** A sentence or two for each problem that the store and its module know. */
export function explain(problem: Problem): string {
  switch (problem.code) {
    case "wait": {
      const seconds = Math.max(1, Math.ceil((problem.untilMs - Date.now()) / 1_000));
      return word("problem-wait", { seconds });
    }
    case "weakPassword":
      return [word("problem-weakPassword"), ...advice(problem.strength)].join(" ");
    case "tooLarge":
      return word("problem-tooLarge", { limit: Math.max(1, Math.floor(problem.limit / MEGABYTE)) });
    case "unusablePassword":
      return word(`problem-unusablePassword-${problem.reason}`);
    case "notPkcs12":
      return word(`problem-notPkcs12-${problem.found}`);
    default: {
      const key = `problem-${problem.code}`;
      const values: Record<string, string | number> = {};
      for (const [name, value] of Object.entries(problem)) {
        if (typeof value === "string" || typeof value === "number") values[name] = value;
      }
      return hasWord(key) ? word(key, values) : word("problem-internal", { detail: problem.code });
    }
  }
}

const ICONS = { danger: "alert-circle", warning: "alert-triangle", success: "circle-check", info: "info-circle" };

/** A message as the pages draw them. Whether it is announced, its surroundings decide (`role`). */
export function alert(kind: keyof typeof ICONS, title: string, text?: string): HTMLElement {
  const words = text === undefined ? h("div", {}, title) : h("div", {}, h("h3", { class: "alert-title" }, title), h("p", {}, text));
  return h("div", { class: `alert alert-${kind}` }, icon(ICONS[kind], "alert-icon"), words);
}
