// The list of certificates.

import type { Entry } from "../../store/protocol";
import { offerCopies } from "../../copy";
import { badge, copyButton, grouped, nameOf, validityBadge } from "../../ui/certificate";
import { button, h, icon } from "../../ui/elements";
import { date, word } from "../../words";
import { makePrimary, remove } from "./acts";
import { attempt, type Context } from "./context";

/** Entries on a page of the list. */
const PAGE = 10;

/** Where a certificate's details are. */
export function addressOf(id: string): string {
  return `#${id}`;
}

export class List {
  readonly root = h("section", { class: "card store-list" });
  #page = 1;
  #entries: Entry[] = [];

  constructor(private readonly context: Context) {}

  /** Shows these; which page is in sight stays. */
  show(entries: Entry[], locked: boolean): void {
    this.#entries = entries;
    const pages = Math.max(1, Math.ceil(entries.length / PAGE));
    this.#page = Math.min(this.#page, pages);
    const title = h("h2", { class: "card-title", tabindex: "-1" }, word("store-list-title"));
    this.root.replaceChildren(
      h("div", { class: "card-header" }, title),
      ...(entries.length === 0 ? [this.#empty(locked)] : [this.#table(), this.#footer(pages, locked)]),
    );
    offerCopies(this.root);
  }

  #empty(locked: boolean): HTMLElement {
    return h(
      "div",
      { class: "empty" },
      h("div", { class: "empty-icon" }, icon("certificate")),
      h("p", { class: "empty-title" }, word("store-list-empty")),
      h("p", { class: "empty-subtitle" }, word(locked ? "store-list-empty-locked" : "store-list-empty-text")),
    );
  }

  #table(): HTMLElement {
    const columns = ["store-holder", "store-authority", "store-serial", "store-from", "store-to", "store-validity", "store-acts"];
    const head = h("tr", {}, ...columns.map((key) => h("th", { scope: "col" }, word(key))));
    const from = (this.#page - 1) * PAGE;
    const rows = this.#entries.slice(from, from + PAGE).map((entry) => this.#row(entry));
    return h("table", { class: "table table-cards" }, h("thead", {}, head), h("tbody", {}, ...rows));
  }

  #row(entry: Entry): HTMLElement {
    const name = nameOf(entry);
    const cell = (key: string, ...children: (Node | string | null)[]): HTMLElement => h("td", { "data-label": word(key) }, ...children);
    const primary = entry.isPrimary ? h("div", {}, badge("blue", "star", word("store-primary-yes"))) : null;
    return h(
      "tr",
      {},
      cell("store-holder", h("a", { href: addressOf(entry.id) }, name), primary, entry.subject === name ? null : h("small", { class: "store-dn" }, entry.subject)),
      cell("store-authority", entry.authority),
      cell("store-serial", h("code", { class: "digits" }, grouped(entry.serial)), " ", copyButton(entry.serial, word("store-serial"))),
      cell("store-from", date(entry.notBefore)),
      cell("store-to", date(entry.notAfter)),
      cell("store-validity", validityBadge(entry.validity, this.context.revoked?.has(entry.id))),
      cell(
        "store-acts",
        h(
          "div",
          { class: "btn-list" },
          h("a", { class: "btn btn-sm", href: addressOf(entry.id), "aria-label": word("store-details-of", { name }) }, word("store-details")),
          entry.isPrimary
            ? null
            : button(word("store-make-primary"), () => attempt(this.context, () => makePrimary(this.context, entry)), { kind: "btn-sm", label: `${word("store-make-primary")}: ${name}` }),
          button(word("store-remove"), () => attempt(this.context, () => remove(this.context, entry)), { kind: "btn-sm", label: `${word("store-remove")}: ${name}` }),
        ),
      ),
    );
  }

  #footer(pages: number, locked: boolean): HTMLElement {
    const total = word("store-total", { count: this.#entries.length });
    const turn = (by: number) => () => {
      this.#page += by;
      this.show(this.#entries, locked);
      this.root.querySelector<HTMLElement>(".card-title")?.focus();
    };
    const previous = button(word("store-previous"), turn(-1), { kind: "btn-sm", icon: "chevron-left" });
    const next = button(word("store-next"), turn(1), { kind: "btn-sm", icon: "chevron-right" });
    previous.disabled = this.#page === 1;
    next.disabled = this.#page === pages;
    const where = pages > 1 ? `${word("store-page-of", { page: this.#page, pages })} · ${total}` : total;
    return h(
      "div",
      { class: "card-footer" },
      h(
        "nav",
        { class: "paging", "aria-label": word("store-paging") },
        h("span", { class: "text-secondary" }, where),
        pages > 1 ? h("span", { class: "btn-list" }, previous, next) : null,
      ),
      h("p", { class: "store-note" }, word("store-primary-text"), " ", word("store-revocation")),
    );
  }
}
