// Keeps the pages that work without the network, as somebody sees them whom nobody knows, and answers with them when the network is gone.
// It is served behind a line that says what to keep (crates/interfaces/portal/src/offline.rs). Nothing else is ever kept: no answer to a
// person's own request, and nothing that a page makes.

interface Portal {
  /** Another one whenever anything that is kept is another. */
  version: string;
  pages: string[];
  languages: string[];
  assets: string[];
}

interface Extendable extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

declare const self: { PORTAL: Portal; location: { origin: string }; navigator: { languages: readonly string[] }; addEventListener(kind: string, listener: (event: never) => void): void; skipWaiting(): Promise<void> };

const { version, pages, languages, assets } = self.PORTAL;
const STEM = "chancery-kept-";
const CURRENT = STEM + version;
/** What the person chose on a page: kept for the choice of a page without the network. */
const CHOICE = "chancery-choice";
const LANGUAGE = "/language";
/** How long a page may take to come before the kept one is shown. */
const PATIENCE_MS = 8_000;

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
    await Promise.all(assets.map(async (address) => cache.put(address, await get(address))));
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

/** What was kept before goes, but for the last: pages that are still open may ask for its assets. */
async function tidy(): Promise<void> {
  const former = (await caches.keys()).filter((name) => name.startsWith(STEM) && name !== CURRENT);
  await Promise.all(former.slice(0, -1).map((name) => caches.delete(name)));
}

async function language(asked: string | null): Promise<string> {
  const chosen = await (await caches.open(CHOICE)).match(LANGUAGE);
  const wanted = [asked, chosen ? await chosen.text() : null, ...self.navigator.languages.map((one) => one.split("-")[0] ?? "")];
  return wanted.find((one) => one !== null && languages.includes(one)) ?? languages[0] ?? "en";
}

async function page(request: Request, url: URL): Promise<Response> {
  const kept = async (): Promise<Response> => {
    const cache = await caches.open(CURRENT);
    return (await cache.match(addressOf(url.pathname, await language(url.searchParams.get("language"))))) ?? Response.error();
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

async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(CURRENT);
  return (await cache.match(request.url)) ?? (await caches.match(request.url)) ?? fetch(request);
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
  } else if (assets.includes(url.pathname)) event.respondWith(asset(request));
});

export {};
