// One certificate with all that is in it.

import type { Details } from "../../store/protocol";
import { badge, fieldGroups, nameOf, validityBadge } from "../../ui/certificate";
import { button, h, icon } from "../../ui/elements";
import { date, dateTime, word } from "../../words";
import { exportBackup, makePrimary, remove, save } from "./acts";
import { attempt, type Context } from "./context";

export function details(context: Context, { entry, fields, certificate }: Details): HTMLElement {
  const name = nameOf(entry);
  const gone = async (): Promise<void> => {
    if (await remove(context, entry)) history.replaceState(null, "", location.pathname);
  };
  return h(
    "article",
    { class: "store-details" },
    h("p", {}, h("a", { href: "#" }, icon("arrow-left"), ` ${word("store-back")}`)),
    h(
      "div",
      { class: "page-header page-header-row" },
      h(
        "div",
        {},
        h("h2", { class: "page-title", tabindex: "-1" }, name),
        h("p", { class: "page-subtitle" }, word("store-valid-between", { from: date(entry.notBefore), to: date(entry.notAfter) })),
      ),
      h("div", { class: "page-state" }, validityBadge(entry.validity, context.revoked?.has(entry.id)), entry.isPrimary ? badge("blue", "star", word("store-primary-yes")) : null),
    ),
    h(
      "div",
      { class: "btn-list store-acts" },
      button(word("store-export"), () => attempt(context, () => exportBackup(context, entry)), { kind: "btn-primary", icon: "device-floppy" }),
      entry.isPrimary ? null : button(word("store-make-primary"), () => attempt(context, () => makePrimary(context, entry)), { icon: "star" }),
      button(word("store-download"), () => void save(new Blob([certificate], { type: "application/pkix-cert" }), name, "cer"), { icon: "download" }),
      button(word("store-remove"), () => attempt(context, gone), { icon: "trash", kind: "btn-outline-danger" }),
    ),
    h(
      "section",
      { class: "card" },
      h("div", { class: "card-header" }, h("h2", { class: "card-title" }, word("store-key-place"))),
      h(
        "div",
        { class: "card-body" },
        h("p", {}, word("store-key-place-text")),
        h(
          "ul",
          { class: "mb-0" },
          h("li", {}, word("store-imported-at", { date: dateTime(entry.importedAt) })),
          h("li", {}, word("store-chain", { count: entry.chain })),
          entry.friendlyName === null || entry.friendlyName === name ? null : h("li", {}, word("store-file-name", { name: entry.friendlyName })),
        ),
      ),
    ),
    ...fieldGroups(fields),
  );
}
