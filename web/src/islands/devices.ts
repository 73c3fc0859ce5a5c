// The desktop's side of a pairing: shows the code, compares digits, and gives its word.

import { picture } from "../devices/qr";
import { digitsShown, stage, trouble, waiting } from "../devices/stage";
import { type Begun, type DesktopView, formTo, Refused, send, unlessRefused, until } from "../devices/wire";
import type { Way } from "../store/pairing-protocol";
import type { Entry } from "../store/protocol";
import { PASSWORD, blaming, openDialog } from "../ui/dialog";
import { button, h } from "../ui/elements";
import { choiceField, passwordField } from "../ui/fields";
import { alert } from "../ui/problem";
import { available, label, state, store } from "../ui/unlock";
import { dateTime, word } from "../words";
import { fresh } from "./fresh";

const LIST = "/settings/devices";
const PAIRINGS = "/devices/pairings";

export async function devices(root: HTMLElement): Promise<void> {
  if (!(await available(root))) return;
  const here = document.getElementById("pairing-here")?.dataset;
  const show = stage(root, "h3");
  await begin(show, { ownKeys: here?.ownKeys === "yes", act: here?.act, way: here?.way });
}

/** What the page knows. */
interface Setting {
  ownKeys: boolean;
  /** What pairing is called where this session has to prove itself afresh before it. */
  act: string | undefined;
  /** How. */
  way: string | undefined;
}

type Show = ReturnType<typeof stage>;

async function begin(show: Show, setting: Setting): Promise<void> {
  const hasStore = (await state()).certificates > 0;
  const ways = [
    { value: "own-key", text: word("devices-way-own-key"), hint: word("devices-way-own-key-hint") },
    { value: "copy", text: word("devices-way-copy"), hint: word("devices-way-copy-hint") },
  ].filter(({ value }) => (value === "own-key" ? setting.ownKeys : hasStore));
  if (ways.length === 0) {
    show(word("devices-begin"), alert("info", word("devices-no-way")));
    return;
  }
  const choice = choiceField({ name: "way", label: word("devices-way"), options: ways });
  const problems = h("div", {});
  const start = button(word("devices-show-code"), () => void attempt(), { kind: "btn-primary", icon: "qrcode" });
  const attempt = async (): Promise<void> => {
    start.disabled = true;
    problems.replaceChildren();
    try {
      const way = choice.value() as Way;
      const entry = way === "copy" ? await choose() : null;
      if (way === "copy" && !entry) return;
      const proof = setting.act === undefined ? {} : await fresh(formTo(PAIRINGS, {}), setting.act, setting.way);
      if (proof) await pair(show, way, entry, proof, () => void begin(show, setting));
    } catch (error) {
      // Nothing here proves it: the portal's own page says what else there is, and leads back.
      if (error instanceof Refused && error.problem === "confirm") return formTo(PAIRINGS, { "confirm-back": LIST }).submit();
      problems.replaceChildren(trouble(error));
    } finally {
      start.disabled = false;
    }
  };
  show(word("devices-begin"), choice.root, problems, h("div", { class: "btn-list" }, start));
}

/** Which certificate is sent; its key stays locked until the digits were compared. */
async function choose(): Promise<Entry | null> {
  const entries = await store().ask("list", {});
  const choice = choiceField({ name: "certificate", label: word("ui-certificate"), options: entries.map(label) });
  return openDialog({
    title: word("devices-choose-title"),
    body: [h("p", {}, word("devices-choose-text")), choice.root],
    submit: word("devices-show-code"),
    run: async () => entries.find(({ id }) => id === choice.value()) ?? null,
  });
}

async function pair(show: Show, way: Way, entry: Entry | null, proof: Record<string, string>, again: () => void): Promise<void> {
  const offer = await store().ask("pairOffer", { way });
  const subject = entry ? { subject: entry.subject } : {};
  const begun = await send<Begun>(PAIRINGS, { way, mailbox: offer.mailbox, commitment: offer.commitment, ...subject, ...proof });
  const path = `${PAIRINGS}/${begun.id}`;
  const stop = new AbortController();
  const cancel = async (): Promise<void> => {
    stop.abort();
    await send(`${path}/cancel`).catch(() => undefined);
    show(word("devices-cancelled"), h("p", {}, word("devices-cancelled-text")), h("div", { class: "btn-list" }, button(word("devices-again"), again)));
  };
  const look = async (): Promise<DesktopView> => {
    const view = await send<DesktopView>(`${path}/look`);
    if (view.state === "refused") throw new Refused("refused");
    return view;
  };
  const wait = <T>(found: (view: DesktopView) => T | undefined): Promise<T> => until(look, found, stop.signal);
  try {
    showCode(show, offer.code, begun.expiresAt, cancel);
    const peer = await wait((view) => view.peer ?? undefined);
    const { digits, opening } = await store().ask("pairMeet", { id: begun.id, account: begun.account, peer });
    await send(`${path}/reveal`, { opening });
    await unlessRefused(compared(show, peer.name, digits, cancel, stop.signal), look);
    show(word("devices-confirm-there"), waiting(word("devices-confirm-there-text")), digitsShown(digits), h("div", { class: "btn-list" }, button(word("ui-cancel"), () => void cancel())));
    const confirmation = await wait((view) => view.confirmation ?? undefined);
    if (!(await store().ask("pairConfirmed", { confirmation }))) throw new Refused("mismatch");
    if (entry) {
      const sealed = await seal(entry);
      if (sealed === null) return await cancel();
      await send(`${path}/approve`, { sealed });
    } else {
      await send(`${path}/approve`);
    }
    show(word("devices-finishing"), waiting(word("devices-finishing-text")));
    await wait((view) => (view.state === "done" ? true : undefined));
    show(
      word("devices-done"),
      h("div", { role: "status" }, alert("success", word(entry ? "devices-done-copy" : "devices-done-own-key", { name: peer.name }))),
      h("div", { class: "btn-list" }, h("a", { class: "btn btn-primary", href: LIST }, word("devices-to-list"))),
    );
  } catch (error) {
    if (stop.signal.aborted) return;
    stop.abort();
    await send(`${path}/cancel`).catch(() => undefined);
    show(word("devices-failed"), trouble(error), h("div", { class: "btn-list" }, button(word("devices-again"), again)));
  }
}

function showCode(show: Show, code: string, expiresAt: number, cancel: () => Promise<void>): void {
  const address = `${window.location.origin}/devices/pair`;
  show(
    word("devices-scan"),
    h("p", {}, word("devices-scan-text")),
    picture(`${address}#${code}`, word("devices-qr")),
    h(
      "details",
      { class: "pairing-type" },
      h("summary", {}, word("devices-type")),
      h("p", {}, word("devices-type-address"), " ", h("strong", {}, address)),
      h("p", {}, word("devices-type-code"), " ", h("code", { class: "pairing-code" }, groups(code))),
    ),
    waiting(word("devices-waiting", { until: dateTime(expiresAt) })),
    h("p", { class: "text-secondary" }, word("devices-photo")),
    h("div", { class: "btn-list" }, button(word("ui-cancel"), () => void cancel())),
  );
}

function groups(code: string): string {
  return `${code.charAt(0)}-${(code.slice(1).match(/.{1,4}/g) ?? []).join("-")}`;
}

/** Until somebody says that the digits are the same; the other answer ends the pairing. */
function compared(show: Show, name: string, digits: string, cancel: () => Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Refused("refused")));
    show(
      word("devices-compare"),
      h("p", {}, word("devices-compare-text", { name })),
      digitsShown(digits),
      h("div", { class: "btn-list" },
        button(word("devices-same"), resolve, { kind: "btn-primary", icon: "circle-check" }),
        button(word("devices-differ"), () => void cancel(), { kind: "btn-outline-danger" })),
    );
  });
}

/** The store's password, typed for this; null where nobody wants to any more. */
async function seal(entry: Entry): Promise<string | null> {
  const password = passwordField({ name: "password", label: word("ui-store-password"), autocomplete: "current-password" });
  return openDialog({
    title: word("devices-seal-title"),
    body: [h("p", {}, word("devices-seal-text", { name: entry.commonName ?? entry.subject })), password.root],
    fields: [password],
    submit: word("devices-seal"),
    run: () => blaming(PASSWORD, () => store().ask("pairSeal", { id: entry.id, password: password.value() })),
  });
}
