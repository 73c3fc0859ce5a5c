// On the page of an order: a key that was made for it and waits.

import { alert } from "../../ui/problem";
import { state, store } from "../../ui/unlock";
import { word } from "../../words";

export async function orderKey(root: HTMLElement): Promise<void> {
  try {
    if ((await state()).pending === 0) return;
    const waits = (await store().ask("pendingKeys", {})).some(({ purpose }) => purpose === root.dataset.order);
    if (!waits) return;
  } catch {
    // No store, no key.
    return;
  }
  root.replaceChildren(alert("info", word("key-waits-title"), word(root.dataset.issued === undefined ? "key-waits-order" : "key-waits-issued")));
  root.hidden = false;
}
