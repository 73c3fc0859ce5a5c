// Whether these pages are kept for when there is no network, and the way to end that.

import { forgetPages, isAble, isKept, keepPages } from "../offline";
import { button, h } from "../ui/elements";
import { word } from "../words";

export async function attach(root: HTMLElement): Promise<void> {
  const draw = async (): Promise<void> => {
    if (!isAble()) {
      root.replaceChildren(h("p", { class: "text-secondary" }, word("offline-unable")));
      return;
    }
    const kept = await isKept();
    const act = async (): Promise<void> => {
      try {
        await (kept ? forgetPages() : keepPages());
      } catch {
        // What is drawn says how it stands.
      }
      await draw();
    };
    const text = h("p", { role: "status" }, word(kept ? "offline-kept" : "offline-not-kept"));
    root.replaceChildren(text, button(word(kept ? "offline-forget" : "offline-keep"), () => void act()));
  };
  if (isAble()) await navigator.serviceWorker.getRegistration("/");
  await draw();
}
