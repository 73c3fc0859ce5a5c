// Keeps the pages that work without the network, as somebody sees them whom nobody knows, and answers with them when the network is gone.
// It is served behind a line that says what to keep (crates/interfaces/portal/src/offline.rs). Nothing else is ever kept: no answer to a
// person's own request, and nothing that a page makes.

interface Portal {
  /** Another one whenever anything that is kept is another. */
  version: string;
  pages: string[];
  languages: string[];
  /** Each address with what its content hashes to, as subresource integrity writes it. */
  assets: Record<string, string>;
  /** Under which Content-Security-Policy the portal serves them. */
  policies: { page: string; worker: string };
}

interface Extendable extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

declare const self: { PORTAL: Portal; location: { origin: string }; navigator: { languages: readonly string[] }; addEventListener(kind: string, listener: (event: never) => void): void; skipWaiting(): Promise<void> };

const { version, pages, languages, assets, policies } = self.PORTAL;
const STEM = "chancery-kept-";
const CURRENT = STEM + version;
/** What the person chose on a page: kept for the choice of a page without the network. */
const CHOICE = "chancery-choice";
const LANGUAGE = "/language";
/** How long a page may take to come before the kept one is shown. */
const PATIENCE_MS = 8_000;
/** How long an asset may take, which by then is asked for in vain. */
const ASSET_PATIENCE_MS = 3_000;

function addressOf(page: string, language: string): string {
  return `${page}?language=${language}`;
}

async function get(address: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(address, { credentials: "omit", cache: "no-store", redirect: "error", headers });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

/** All of it or nothing: pages and the assets that they name come together. */
async function fill(): Promise<void> {
  const cache = await caches.open(CURRENT);
  try {
    await Promise.all(Object.keys(assets).map(async (address) => cache.put(address, await get(address))));
    for (const language of languages) {
      for (const page of pages) {
        const kept = await get(page, { "Accept-Language": language, "X-Chancery-Offline": "1" });
        await cache.put(addressOf(page, language), kept);
      }
    }
  } catch (error) {
    await caches.delete(CURRENT);
    throw error;
  }
}

/** What was kept before goes: nothing of it is answered with any more. */
async function tidy(): Promise<void> {
  const former = (await caches.keys()).filter((name) => name.startsWith(STEM) && name !== CURRENT);
  await Promise.all(former.map((name) => caches.delete(name)));
}

async function language(asked: string | null): Promise<string> {
  const chosen = await (await caches.open(CHOICE)).match(LANGUAGE);
  const wanted = [asked, chosen ? await chosen.text() : null, ...self.navigator.languages.map((one) => one.split("-")[0] ?? "")];
  return wanted.find((one) => one !== null && languages.includes(one)) ?? languages[0] ?? "en";
}

async function page(request: Request, url: URL): Promise<Response> {
  const kept = async (): Promise<Response> => {
    const cache = await caches.open(CURRENT);
    const found = await cache.match(addressOf(url.pathname, await language(url.searchParams.get("language"))));
    return found ? again(await found.arrayBuffer(), found, policies.page) : Response.error();
  };
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  try {
    const response = await Promise.race([fetch(request), late]);
    // A gateway speaks where the server does not.
    return response === null || [502, 503, 504].includes(response.status) ? await kept() : response;
  } catch {
    return kept();
  }
}

/** By the network, which the browser's own cache answers for it; what is kept stands in only where that fails, and only if it is what it was. */
async function asset(request: Request, address: string): Promise<Response> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), ASSET_PATIENCE_MS));
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    const found = await (await caches.open(CURRENT)).match(request.url);
    if (!found) return Response.error();
    const content = await found.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-384", content));
    if (`sha384-${btoa(String.fromCharCode(...digest))}` !== assets[address]) return Response.error();
    return again(content, found, address.startsWith("/assets/worker-") ? policies.worker : policies.page);
  }
}

/** Kept content under the policy that the portal would serve it with, whatever stands beside it: pages of ours can write to what is kept. */
function again(content: ArrayBuffer, kept: Response, policy: string): Response {
  const headers = {
    "content-type": kept.headers.get("content-type") ?? "", "content-security-policy": policy,
    "x-content-type-options": "nosniff", "referrer-policy": "same-origin", "cross-origin-opener-policy": "same-origin",
  };
  return new Response(content, { headers });
}

self.addEventListener("install", (event: Extendable) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event: Extendable) => event.waitUntil(tidy()));
self.addEventListener("message", (event: Extendable & MessageEvent<{ language?: string }>) => {
  const chosen = event.data?.language;
  if (chosen === undefined || !languages.includes(chosen)) return;
  event.waitUntil(caches.open(CHOICE).then((cache) => cache.put(LANGUAGE, new Response(chosen))));
});
self.addEventListener("fetch", (event: Fetching) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (pages.includes(url.pathname)) event.respondWith(page(request, url));
  } else if (Object.hasOwn(assets, url.pathname)) event.respondWith(asset(request, url.pathname));
});

export {};
