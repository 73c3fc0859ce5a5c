// How long things take, as medians in milliseconds, printed as JSON. Not a test: it wants a machine that does nothing else.
//
//   node medians.mjs '{"dist":"../web/dist","folder":"/tmp/x","base":"http://127.0.0.1:8080","times":15}'
//
// `import`: a file of `openssl pkcs12 -export` as it comes, with an RSA-2048 key, until the key has signed. `unlock`: from the password to the
// first signature of a stored certificate; `unlockOnly` without that. `signature`: a log-in token and a detached CMS signature with a key in use.
// `key`: RSA-2048 made, kept and its request signed; `generate`: the bare generation by WebCrypto. `paint`: first contentful paint of the portal's first
// page, nothing cached.

import { launch } from './lib/browser.mjs';
import { Referees } from './lib/foreign.mjs';
import { serve } from './lib/storepage.mjs';

const { dist, folder, base, times = 15 } = JSON.parse(process.argv[2]);
const referees = new Referees(folder);
const PASSWORD = 'čtyři lišky nad Vltavou 7';
referees.openssl('req -x509 -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=Median -days 365 -out cert.pem');
referees.openssl('pkcs12 -export -inkey key.pem -in cert.pem -out file.p12 -passout pass:secret-1');

const median = (values) => {
  const sorted = [...values].sort((one, other) => one - other);
  return { median: Math.round(sorted[Math.floor(sorted.length / 2)] * 10) / 10, least: Math.round(sorted[0] * 10) / 10, most: Math.round(sorted.at(-1) * 10) / 10 };
};

const site = await serve(dist);
const browser = await launch();
try {
  const page = await (await browser.newContext()).newPage();
  await page.goto(site.address);
  await page.waitForFunction(() => globalThis.store !== undefined);
  const file = referees.read('file.p12').toString('base64');
  const measured = await page.evaluate(measure, [file, PASSWORD, times]);
  const figures = Object.fromEntries(Object.entries(measured).map(([name, values]) => [name, median(values)]));
  if (base) figures.paint = median(await paints());
  console.log(JSON.stringify(figures, null, 2));
} finally {
  await browser.close();
  site.close();
}

/** Each in a context of its own: nothing is cached. */
async function paints() {
  const found = [];
  for (let n = 0; n < times; n += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(base, { waitUntil: 'load' });
    const at = await page.evaluate(async () => {
      for (let n = 0; n < 100; n += 1) {
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        if (paint) return paint.startTime;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return undefined;
    });
    if (at !== undefined) found.push(at);
    await context.close();
  }
  return found;
}

async function measure([file, password, times]) {
  const { store } = globalThis;
  const blob = new Blob([Uint8Array.from(atob(file), (one) => one.charCodeAt(0))]);
  const taken = { import: [], unlock: [], unlockOnly: [], signature: [], cms: [], key: [], generate: [] };
  const time = async (name, act) => {
    const start = performance.now();
    const gives = await act();
    taken[name].push(performance.now() - start);
    return gives;
  };
  await store.ask('activate', { password, words: [] });
  let id;
  for (let n = 0; n < times; n += 1) {
    await time('import', async () => {
      const { imported } = await store.ask('import', { file: blob, password: 'secret-1' });
      id = imported[0].id;
      await store.ask('logIn', { id, nonce: 'bm9uY2U=' });
    });
    await time('signature', () => store.ask('logIn', { id, nonce: 'bm9uY2U=' }));
    await time('cms', () => store.ask('sign', { id, content: new Blob(['A short text.']), detached: true }));
    if (n < times - 1) await store.ask('remove', { id });
  }
  for (let n = 0; n < times; n += 1) {
    await store.ask('lock', {});
    await time('unlock', async () => {
      await time('unlockOnly', () => store.ask('unlock', { password }));
      await store.ask('logIn', { id, nonce: 'bm9uY2U=' });
    });
    const pending = await time('key', () => store.ask('createKey', { key: 'rsa:2048', content: { subject: [{ kind: 'CN', value: 'x' }], emails: [] } }));
    await store.ask('dropPendingKey', { id: pending.id });
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
    await time('generate', () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']));
  }
  return taken;
}
