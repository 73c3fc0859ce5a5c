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
  if (root.dataset.fresh !== undefined) here.checked = true;
  const show = (): void => {
    elsewhere.hidden = here.checked;
  };
  places.addEventListener("change", show);
  places.hidden = false;
  show();
}
