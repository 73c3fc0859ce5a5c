// A bare page with the store, under the policy that pages of the portal have for it.

import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const TYPES = "require-trusted-types-for 'script'; trusted-types chancery";
const PAGE_POLICY = `default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ${TYPES}`;
/** The worker's script has a policy of its own: there alone the module is compiled. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const KINDS = { js: 'text/javascript', wasm: 'application/wasm', css: 'text/css', svg: 'image/svg+xml', html: 'text/html' };

const PAGE = '<!doctype html><html lang="en"><title>store</title><script type="module" src="/page.js"></script>';

/** What the page runs: `ask` for the test, with octets as base64. */
function script(client) {
  return `
import { Store } from "${client}";
const store = new Store();
const octets = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const text = (octets) => { let out = ""; for (const octet of octets) out += String.fromCharCode(octet); return btoa(out); };
const unpack = (value) => (value?.$blob === undefined ? value : new Blob([octets(value.$blob)]));
const pack = async (value) => {
  if (value instanceof Blob) return { $octets: text(new Uint8Array(await value.arrayBuffer())) };
  if (value instanceof Uint8Array) return { $octets: text(value) };
  if (Array.isArray(value)) return Promise.all(value.map(pack));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([key, inner]) => [key, await pack(inner)])));
};
globalThis.store = store;
globalThis.ask = async (request, takes) => {
  const given = Object.fromEntries(Object.entries(takes).map(([name, value]) => [name, unpack(value)]));
  const start = performance.now();
  try {
    const gives = await store.ask(request, given);
    const ms = performance.now() - start;
    return { gives: await pack(gives), ms };
  } catch (error) {
    if (error.problem === undefined) throw error;
    return { problem: error.problem };
  }
};
`;
}

/** Serves the built files on loopback; `strange` lists every request that is no GET of one of them. */
export async function serve(dist) {
  const client = readdirSync(dist).find((name) => /^store-[0-9a-f]{12}\.js$/.test(name));
  const strange = [];
  const server = createServer((request, response) => {
    let size = 0;
    request.on('data', (piece) => (size += piece.length));
    request.on('end', () => {
      const { pathname, search } = new URL(request.url, 'http://localhost');
      const answer = (content, kind) => {
        const policy = pathname.startsWith('/assets/worker-') ? WORKER_POLICY : PAGE_POLICY;
        response.writeHead(200, { 'content-type': KINDS[kind], 'content-security-policy': policy, 'x-content-type-options': 'nosniff' });
        response.end(content);
      };
      const asset = /^\/assets\/([a-z]+-[0-9a-f]{12}\.([a-z]+))$/.exec(pathname);
      if (request.method !== 'GET' || size > 0 || search !== '') strange.push(`${request.method} ${request.url}`);
      if (pathname === '/') answer(PAGE, 'html');
      else if (pathname === '/page.js') answer(script(`/assets/${client}`), 'js');
      else if (asset) answer(readFileSync(join(dist, asset[1])), asset[2]);
      else {
        if (pathname !== '/favicon.ico') strange.push(request.url);
        response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, strange, close: () => server.close() };
}
