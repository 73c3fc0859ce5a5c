// Registers the service worker on the pages that it keeps, and takes it away where the person does not want it.

import { scriptAddress } from "./trusted";

const SCRIPT = "/service-worker.js";
/** The pages that it keeps (crates/interfaces/portal/src/offline.rs). */
const PAGES = ["/settings/store", "/sign", "/verify", "/decrypt", "/generator"];
/** Set where the person switched it off. */
const OFF = "chancery-offline-off";

function isOff(): boolean {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return true;
  }
}

/** Whether this browser lets a page have one. */
export function isAble(): boolean {
  return "serviceWorker" in navigator && "caches" in globalThis;
}

/** Whether the pages are kept. */
export async function isKept(): Promise<boolean> {
  return (await navigator.serviceWorker.getRegistration("/")) !== undefined;
}

export async function keepPages(): Promise<void> {
  localStorage.removeItem(OFF);
  await navigator.serviceWorker.register(scriptAddress(SCRIPT), { scope: "/", updateViaCache: "none" });
}

export async function forgetPages(): Promise<void> {
  localStorage.setItem(OFF, "1");
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith("chancery-")) await caches.delete(name);
}

/** On the pages that are kept; a browser that refuses works on without. */
export async function begin(): Promise<void> {
  if (!isAble() || isOff() || !PAGES.includes(location.pathname)) return;
  // Not before the page is there: what is kept is for another time.
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  try {
    const { ready } = navigator.serviceWorker;
    await keepPages();
    // The language of what was read last is the one of the pages without the network.
    (await ready).active?.postMessage({ language: document.documentElement.lang });
  } catch {
    // Without the network, in private windows, or where nothing was built.
  }
}
