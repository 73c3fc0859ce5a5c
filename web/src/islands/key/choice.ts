// Where the key is made: the choice is shown where the browser can make one, and made for whoever has not chosen yet.

import { state } from "../../ui/unlock";

export async function keyChoice(root: HTMLElement): Promise<void> {
  const places = root.querySelector("fieldset");
  const elsewhere = root.querySelector<HTMLElement>("[data-key-elsewhere]");
  const here = root.querySelector<HTMLInputElement>("input[value=browser]");
  if (!places || !elsewhere || !here) return;
  try {
    await state();
  } catch {
    // This browser keeps no keys: what the page shows without the script is what can be done.
    return;
  }
  choose(root, here, elsewhere, root.dataset.fresh !== undefined);
  places.hidden = false;
}

/** Shows what the chosen place asks for. The browser is chosen for whoever has not begun with the other: until it was ready, that was all there was to see. */
export function choose(root: HTMLElement, here: HTMLInputElement, elsewhere: HTMLElement, isFresh = true): void {
  const isBegun =
    elsewhere.contains(document.activeElement) ||
    [...elsewhere.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input[type=file]")].some(({ value }) => value !== "");
  if (isFresh && !isBegun) here.checked = true;
  const show = (): void => {
    elsewhere.hidden = here.checked;
  };
  root.addEventListener("change", show);
  show();
}
