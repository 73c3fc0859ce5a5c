// The page Certificates in local storage: everything that can be done with the store, without leaving the page, since that would lock it.

import type { StoreState } from "../store/protocol";
import { badge } from "../ui/certificate";
import { button, h } from "../ui/elements";
import { alert } from "../ui/problem";
import { available, store } from "../ui/unlock";
import { word } from "../words";
import { attempt, type Context } from "./store/context";
import { details } from "./store/details";
import { importing, setUp, unlock } from "./store/door";
import { List } from "./store/list";
import { settings } from "./store/upkeep";

export async function attach(root: HTMLElement): Promise<void> {
  if (await available(root)) await new StorePage(root).begin();
}

const STATUS = {
  inactive: { tone: "grey", icon: "lock" },
  locked: { tone: "amber", icon: "lock" },
  unlocked: { tone: "green", icon: "lock-open" },
};

class StorePage implements Context {
  readonly store = store();
  readonly words: string[];
  readonly revoked: ReadonlySet<string>;
  readonly #status = h("section", { class: "card store-state", "aria-label": word("store-state") });
  readonly #messages = h("div", { class: "store-messages", role: "status", tabindex: "-1" });
  readonly #door = h("div", { class: "store-door" });
  readonly #content = h("div", { class: "store-content" });
  readonly #settings = h("div", { class: "store-settings" });
  /** What the server put there for a store that is open: what can be done with it elsewhere. */
  readonly #use: HTMLElement[];
  readonly #guide: string | undefined;
  readonly #list: List;
  #drawn: StoreState["status"] | undefined;
  #shown: string | null = null;
  #turn = 0;
  #locking = false;

  constructor(private readonly root: HTMLElement) {
    const given = root.querySelector<HTMLElement>("[data-words]")?.dataset ?? {};
    this.words = (given.words ?? "").split(/\s+/).filter((one) => one !== "");
    this.revoked = new Set((given.revoked ?? "").split(" "));
    this.#guide = given.guide;
    this.#use = [...root.querySelectorAll<HTMLElement>("[data-when-open]")];
    this.#list = new List(this);
  }

  async begin(): Promise<void> {
    this.root.replaceChildren(this.#status, this.#messages, this.#door, this.#content, ...this.#use, this.#settings);
    this.store.addEventListener("state", () => attempt(this, () => this.#draw()));
    window.addEventListener("hashchange", () => attempt(this, () => this.#turnTo()));
    await this.#draw();
  }

  say = (kind: "success" | "info" | "warning", title: string, text?: string): void => {
    this.#messages.replaceChildren(alert(kind, title, text));
    this.#messages.scrollIntoView({ block: "nearest" });
    // What was used to do it may be gone: then what came of it is read next.
    if (document.activeElement === null || document.activeElement === document.body) this.#messages.focus();
  };

  /** Another certificate, or the list: its heading is read next. */
  async #turnTo(): Promise<void> {
    this.#messages.replaceChildren();
    await this.#draw();
    this.#content.querySelector<HTMLElement>("[tabindex='-1']")?.focus();
  }

  async #draw(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const state = await this.store.ask("state", {});
    const entries = await this.store.ask("list", {});
    const id = location.hash.slice(1);
    const chosen = entries.find((entry) => entry.id === id);
    const shown = chosen ? await this.store.ask("details", { id }).catch(() => null) : null;
    // Another drawing began meanwhile, and knows better.
    if (turn !== this.#turn) return;
    const held = this.root.contains(document.activeElement);
    this.#status.replaceChildren(...this.#stateOf(state));
    this.#drawDoor(state);
    this.#list.show(entries, state.status !== "unlocked");
    if (shown) this.#content.replaceChildren(details(this, shown));
    else this.#content.replaceChildren(...(state.status === "inactive" ? [] : [this.#list.root]));
    this.#shown = shown?.entry.id ?? null;
    this.#door.hidden = this.#settings.hidden = this.#shown !== null;
    for (const one of this.#use) one.hidden = this.#shown !== null || state.status === "inactive";
    this.#drawn = state.status;
    this.root.dataset.status = state.status;
    if (held && !this.root.contains(document.activeElement)) this.#messages.focus();
  }

  /** What was typed stays while the state is the same. */
  #drawDoor(state: StoreState): void {
    if (this.#drawn === state.status) return;
    if (this.#drawn === "unlocked" && state.status === "locked" && !this.#locking) {
      this.#messages.replaceChildren(alert("info", word("store-locked-idle")));
    }
    const { status } = state;
    this.#door.replaceChildren(status === "inactive" ? setUp(this) : status === "locked" ? unlock(this, state) : importing(this, this.#guide));
    this.#settings.replaceChildren(...(status === "inactive" ? [] : [settings(this, state)]));
  }

  #stateOf(state: StoreState): HTMLElement[] {
    const { status, certificates: count, pending, idleMinutes: minutes } = state;
    const says = [word(`store-says-${status}`, { count })];
    if (status === "unlocked") says.push(word("store-says-locks", { minutes }));
    if (pending > 0) says.push(word("store-says-pending", { count: pending }));
    const look = STATUS[status];
    return [
      h(
        "div",
        { class: "card-body store-state-row" },
        h("div", { "aria-live": "polite" }, badge(look.tone, look.icon, word(`store-status-${status}`)), h("p", {}, says.join(" "))),
        ...(status === "unlocked" ? [button(word("store-lock"), () => attempt(this, () => this.#lock()), { icon: "lock" })] : []),
      ),
    ];
  }

  async #lock(): Promise<void> {
    this.#locking = true;
    try {
      await this.store.ask("lock", {});
      await this.#draw();
      this.say("info", word("store-locked-now"));
    } finally {
      this.#locking = false;
    }
  }
}
