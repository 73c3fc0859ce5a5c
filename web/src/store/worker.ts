// The worker: takes requests from its page and answers them. Keys and password live here, and go with it.

import * as device from "./device";
import * as messages from "./messages";
import { warmUp } from "./module";
import * as pairing from "./pairing";
import * as passwords from "./password";
import { Refusal } from "./problem";
import type { Asked, Problem, Progress, RequestName, Requests, Told } from "./protocol";
import * as store from "./store";
import * as tools from "./tools";
import * as use from "./use";

type Handlers = { [N in RequestName]: (takes: Requests[N]["takes"], progress: Progress) => Promise<Requests[N]["gives"]> };

const handlers: Handlers = {
  state: () => store.state(),
  strength: ({ password, words }) => passwords.strength(password, words),
  activate: ({ password, words }) => store.activate(password, words),
  unlock: ({ password }) => store.unlock(password),
  lock: () => store.lock(),
  setIdle: ({ minutes }) => store.setIdle(minutes),
  import: ({ file, password }) => store.importFile(file, password),
  list: () => store.list(),
  details: ({ id }) => store.details(id),
  setPrimary: ({ id }) => store.setPrimary(id),
  remove: ({ id }) => store.remove(id),
  export: ({ id, password, profile, filePassword }) => store.exportFile(id, password, profile, filePassword),
  changePassword: ({ password, newPassword, words }) => store.changePassword(password, newPassword, words),
  deactivate: ({ password }) => store.deactivate(password),
  reset: () => store.reset(),
  sign: ({ id, content, detached }, progress) => use.sign(id, content, detached, progress),
  signMail: ({ id, text, fields }) => messages.signMail(id, text, fields),
  read: (takes, progress) => messages.read(takes, progress),
  logIn: ({ id, nonce }) => use.logIn(id, nonce),
  decrypt: ({ message, id }, progress) => use.decrypt(message, id, progress),
  createKey: ({ key, content, purpose }) => use.createKey(key, content, purpose ?? null),
  pendingKeys: () => use.pendingKeys(),
  dropPendingKey: ({ id }) => use.dropPendingKey(id),
  installCertificate: ({ file }) => use.installCertificate(file),
  makeRequest: ({ key, content, password }) => tools.makeRequest(key, content, password),
  makeFile: ({ key, keyPassword, certificates, profile, filePassword }) =>
    tools.makeFile(key, keyPassword, certificates, profile, filePassword),
  pairOffer: ({ way }) => pairing.offer(way),
  pairMeet: ({ id, account, peer }) => pairing.meet(id, account, peer),
  pairConfirmed: ({ confirmation }) => pairing.confirmed(confirmation),
  pairSeal: ({ id, password }) => pairing.seal(id, password),
  pairRead: ({ code }) => pairing.read(code),
  pairAnswer: ({ found, name }) => pairing.answer(found, name),
  pairCheck: ({ opening }) => pairing.check(opening),
  pairRequest: () => device.request(),
  pairOpen: ({ sealed }) => pairing.open(sealed),
  deviceKeep: ({ issued, account, environment }) => device.install(issued, account, environment),
  device: () => device.device(),
  deviceRenewal: () => device.renewal(),
  deviceForget: () => device.forget(),
  deviceLogIn: ({ nonce }) => device.logIn(nonce),
  convertFile: ({ file, password, profile, filePassword }) => tools.convertFile(file, password, profile, filePassword),
};

/** What changes the store or looks at its password: one at a time, in all tabs. */
const ALONE: ReadonlySet<RequestName> = new Set([
  "activate", "unlock", "setIdle", "import", "setPrimary", "remove", "export", "changePassword", "deactivate", "reset",
  "createKey", "dropPendingKey", "installCertificate", "pairSeal", "pairOpen", "deviceKeep", "deviceRenewal", "deviceForget",
]);

/** What says nothing of a person being there. */
const UNATTENDED: ReadonlySet<RequestName> = new Set(["state", "lock"]);

function post(told: Told): void {
  self.postMessage(told);
}

/** Not more often than anybody can see. */
const PROGRESS_MS = 100;

/** Tells the page; work under way is use, so that the store does not lock itself in the middle of a large file. */
function progressOf(number: number): Progress {
  let last = Date.now();
  return (done, total) => {
    if (Date.now() < last + PROGRESS_MS) return;
    last = Date.now();
    post({ number, progress: { done, total } });
    store.touch().catch(() => undefined);
  };
}

async function handle<N extends RequestName>(name: N, takes: Requests[N]["takes"], progress: Progress): Promise<unknown> {
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!handler) throw new Refusal({ code: "badValue", what: "request" });
  if (!UNATTENDED.has(name)) await store.touch();
  return ALONE.has(name) ? navigator.locks.request("chancery-store", () => handler(takes, progress)) : handler(takes, progress);
}

function problemOf(error: unknown): Problem {
  return error instanceof Refusal ? error.problem : { code: "internal", detail: String(error) };
}

self.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  const { number, name, takes } = data;
  handle(name, takes, progressOf(number)).then(
    (gives) => post({ number, gives }),
    (error: unknown) => post({ number, problem: problemOf(error) }),
  );
});

warmUp();
store.begin((state) => post({ state }));
