// A text that the browser's module signed, in Thunderbird: it must say that the signature is good, and that an altered one is not.
//
//   node thunderbird.mjs '{"dist":"web/dist","folder":"/tmp/x"}'

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { launch } from './lib/browser.mjs';
import { Referees } from './lib/foreign.mjs';
import { serve } from './lib/storepage.mjs';

/** Opens the file and waits until its signature is judged: the judgement (nsICMSMessageErrors), and the mark that the header shows. */
const SCRIPT = `
const [path, done] = arguments;
(async () => {
  const { MailUtils } = ChromeUtils.importESModule("resource:///modules/MailUtils.sys.mjs");
  const file = Components.classes["@mozilla.org/file/local;1"].createInstance(Components.interfaces.nsIFile);
  file.initWithPath(path);
  const main = Services.wm.getMostRecentWindow("mail:3pane");
  if (!main) throw new Error("no window");
  MailUtils.openEMLFile(main, file, Services.io.newFileURI(file));
  for (let tries = 0; tries < 400; tries += 1) {
    await new Promise((resolve) => main.setTimeout(resolve, 100));
    const opened = Services.wm.getMostRecentWindow("mail:messageWindow");
    const inner = opened?.messageBrowser?.contentWindow;
    const judged = inner?.gSignatureStatus;
    const icon = inner?.document.getElementById("signedHdrIcon");
    if (!icon || typeof judged !== "number" || judged < 0) continue;
    const shown = icon.hidden ? "" : icon.getAttribute("src");
    if (/unknown/.test(shown)) continue;
    opened.close();
    return judged + " " + (/message-signed-(.*)\\.svg/.exec(shown)?.[1] ?? "no mark");
  }
  return "nothing is said of a signature";
})().then(done, (error) => done("error: " + error));
`;

const { dist, folder } = JSON.parse(process.argv[2]);
const referees = new Referees(folder);
const profile = join(folder, 'profile');

makeCertificates();
const signed = await signedMail();
referees.write('signed.eml', signed);
const altered = Buffer.from(signed);
altered[altered.indexOf('noon')] ^= 1;
referees.write('altered.eml', altered);
const reader = await Thunderbird();
try {
  assert.equal(await reader.looksAt('signed.eml'), '0 ok');
  // VERIFY_DIGEST_MISMATCH
  assert.equal(await reader.looksAt('altered.eml'), '1034 no mark');
} finally {
  await reader.end();
}

function makeCertificates() {
  const words = (line) => referees.openssl(line);
  words('req -x509 -newkey rsa:2048 -nodes -keyout ca.key.pem -subj /CN=Foreign-Authority -days 3650 -addext keyUsage=critical,keyCertSign,cRLSign -out ca.pem');
  referees.write('leaf.ext', 'keyUsage=critical,digitalSignature\nextendedKeyUsage=emailProtection\nsubjectAltName=email:jana@example.com\n');
  words('req -new -newkey rsa:2048 -nodes -keyout jana.key.pem -subj /CN=Jana -out jana.csr');
  words('x509 -req -in jana.csr -CA ca.pem -CAkey ca.key.pem -CAcreateserial -days 365 -extfile leaf.ext -out jana.pem');
  words('pkcs12 -export -inkey jana.key.pem -in jana.pem -certfile ca.pem -out jana.p12 -passout pass:x');
  mkdirSync(profile);
  execFileSync('certutil', ['-N', '-d', `sql:${profile}`, '--empty-password']);
  execFileSync('certutil', ['-A', '-d', `sql:${profile}`, '-n', 'ca', '-t', 'CT,C,C', '-i', join(folder, 'ca.pem')]);
  writeFileSync(
    join(profile, 'user.js'),
    ['mail.provider.suppress_dialog_on_startup', 'mail.spotlight.firstRunDone', 'mail.winsearch.firstRunDone', 'app.donation.eoy.version.viewed']
      .map((one) => `user_pref("${one}", true);\n`)
      .concat('user_pref("marionette.port", 0);\nuser_pref("security.OCSP.enabled", 0);\nuser_pref("app.update.enabled", false);\nuser_pref("mail.rights.version", 1);\nuser_pref("mail.openMessageBehavior", 0);\nuser_pref("datareporting.policy.dataSubmissionEnabled", false);\n')
      .join(''),
  );
}

async function signedMail() {
  const site = await serve(dist);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(site.address);
    await page.waitForFunction(() => globalThis.ask !== undefined);
    const ask = async (request, takes) => {
      const { gives, problem } = await page.evaluate(([request, takes]) => globalThis.ask(request, takes), [request, takes]);
      assert.equal(problem, undefined, `${request}: ${JSON.stringify(problem)}`);
      return gives;
    };
    await ask('activate', { password: 'čtyři lišky nad Vltavou 7', words: [] });
    const { imported } = await ask('import', { file: { $blob: referees.read('jana.p12').toString('base64') }, password: 'x' });
    const fields = { from: 'jana@example.com', to: 'eva@example.com', subject: 'Žluťoučký kůň' };
    const { $octets } = await ask('signMail', { id: imported[0].id, text: 'Dobrý den,\nThe vault opens at noon.\n', fields });
    return Buffer.from($octets, 'base64');
  } finally {
    await browser.close();
    site.close();
  }
}

/** Thunderbird with a window, spoken to over Marionette. */
async function Thunderbird() {
  const words = ['-a', 'thunderbird', '--profile', profile, '--marionette', '-remote-allow-system-access', '--no-remote'];
  const program = spawn('xvfb-run', words, { stdio: 'ignore', detached: true, env: { ...process.env, HOME: folder } });
  const ended = new Promise((resolve) => program.once('close', resolve));
  const end = async () => {
    if (program.exitCode === null) process.kill(-program.pid, 'SIGKILL');
    await ended;
  };
  try {
    const send = await marionette();
    await send('WebDriver:NewSession', { capabilities: {} });
    await send('Marionette:SetContext', { value: 'chrome' });
    await send('WebDriver:SetTimeouts', { script: 60_000 });
    return { end, looksAt: async (name) => (await send('WebDriver:ExecuteAsyncScript', { script: SCRIPT, args: [join(folder, name)] })).value };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Thunderbird writes into its profile at which port it listens. */
function port() {
  try {
    return Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8'));
  } catch {
    return 0;
  }
}

async function marionette() {
  let socket;
  for (let tries = 0; ; tries += 1) {
    const at = port();
    socket = at && await new Promise((resolve) => {
      const attempt = net.connect(at, '127.0.0.1', () => resolve(attempt));
      attempt.on('error', () => resolve(null));
    });
    if (socket) break;
    assert.ok(tries < 600, 'Thunderbird does not answer');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  let rest = Buffer.alloc(0);
  let last = 0;
  const waiting = new Map();
  socket.on('data', (piece) => {
    rest = Buffer.concat([rest, piece]);
    for (;;) {
      const colon = rest.indexOf(':');
      if (colon < 0) return;
      const length = Number(rest.subarray(0, colon));
      if (rest.length < colon + 1 + length) return;
      const message = JSON.parse(rest.subarray(colon + 1, colon + 1 + length));
      rest = rest.subarray(colon + 1 + length);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message;
      if (error) waiting.get(id)?.reject(new Error(JSON.stringify(error)));
      else waiting.get(id)?.resolve(result);
    }
  });
  return (name, parameters) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      const text = Buffer.from(JSON.stringify([0, last, name, parameters]));
      socket.write(Buffer.concat([Buffer.from(`${text.length}:`), text]));
    });
}
