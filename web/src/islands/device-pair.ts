// The device's side of a pairing: takes the code, compares digits, makes its key or opens what was sent to it.

import { isOver, keepDevice, logIn } from "../devices/self";
import { digitsShown, stage, trouble, troubleWords, waiting } from "../devices/stage";
import { type Found, type Issued, type PhoneView, Refused, tell, unlessRefused, until } from "../devices/wire";
import type { DeviceView } from "../store/pairing-protocol";
import { FieldProblem, blaming, openDialog } from "../ui/dialog";
import { button, h } from "../ui/elements";
import { passwordField, textField } from "../ui/fields";
import { alert } from "../ui/problem";
import { available, state, store, unlocked } from "../ui/unlock";
import { dateTime, word } from "../words";

type Show = ReturnType<typeof stage>;

export async function devicePair(root: HTMLElement): Promise<void> {
  // Read once, then gone from the address and the history.
  const code = decodeURIComponent(window.location.hash.slice(1));
  if (code) window.history.replaceState(null, "", window.location.pathname);
  if (!(await available(root))) return;
  const show = stage(root, "h2");
  if (code) return ask(show, code);
  try {
    const kept = await keepDevice();
    if (kept) return paired(show, kept.device, kept.refused);
  } catch (error) {
    root.append(trouble(error));
  }
  return ask(show, "");
}

/** This browser is a device already. */
function paired(show: Show, device: DeviceView, refused: Refused | null): void {
  const over = refused !== null && isOver(refused);
  const problems = h("div", {});
  const attempt = async (): Promise<void> => {
    enter.disabled = true;
    problems.replaceChildren();
    try {
      await logIn();
    } catch (error) {
      problems.replaceChildren(trouble(error));
      enter.disabled = false;
    }
  };
  const enter = button(word("pair-log-in"), () => void attempt(), { kind: "btn-primary", icon: "login-2" });
  show(
    word("pair-is-paired"),
    over ? h("div", { role: "alert" }, alert("danger", troubleWords(refused))) : alert("success", word("pair-is-paired-text", { account: device.account, environment: device.environment })),
    over ? h("p", {}, word("pair-over-text")) : h("p", {}, word("pair-valid-until", { until: dateTime(device.certificate.notAfter) })),
    problems,
    h(
      "div",
      { class: "btn-list" },
      over || document.getElementById("logged-in") ? null : enter,
      button(word("pair-anew"), () => ask(show, "")),
      button(word("pair-forget"), () => void forget(show)),
    ),
  );
}

async function forget(show: Show): Promise<void> {
  const done = await openDialog({
    title: word("pair-forget"),
    body: [h("p", {}, word("pair-forget-text"))],
    submit: word("pair-forget"),
    danger: true,
    run: async () => {
      await store().ask("deviceForget", {});
      return true;
    },
  });
  if (done) ask(show, "");
}

/** Code and name; nothing is sent before the button. */
function ask(show: Show, code: string): void {
  const typed = textField({ name: "code", label: word("pair-code"), hint: word("pair-code-hint") });
  const name = textField({ name: "name", label: word("pair-name"), hint: word("pair-name-hint"), value: ownName() });
  const problems = h("div", {});
  const go = button(word("pair-continue"), () => void attempt(), { kind: "btn-primary" });
  const attempt = async (): Promise<void> => {
    go.disabled = true;
    problems.replaceChildren();
    typed.problem(null);
    name.problem(null);
    try {
      if (name.value() === "") throw new FieldProblem("name", word("devices-problem-name"));
      await join(show, code || typed.value(), name.value().normalize("NFC").replace(/\s+/g, " "));
    } catch (error) {
      const field = error instanceof FieldProblem ? fields.find((one) => one.name === error.field) : undefined;
      if (field && error instanceof FieldProblem) {
        field.problem(error.text);
        field.focus();
      } else problems.replaceChildren(trouble(error));
    } finally {
      go.disabled = false;
    }
  };
  const fields = code ? [name] : [typed, name];
  show(word("pair-begin"), h("p", {}, word("pair-begin-text")), ...fields.map(({ root }) => root), problems, h("div", { class: "btn-list" }, go));
}

/** What people recognise: browser and system. */
function ownName(): string {
  const agent = navigator.userAgent;
  const browser = /Firefox\//.test(agent) ? "Firefox" : /Edg\//.test(agent) ? "Edge" : /Chrome\//.test(agent) ? "Chrome" : /Safari\//.test(agent) ? "Safari" : "";
  const system = /Android/.test(agent) ? "Android" : /iPhone|iPad/.test(agent) ? "iOS" : /Windows/.test(agent) ? "Windows" : /Mac OS/.test(agent) ? "macOS" : /Linux/.test(agent) ? "Linux" : "";
  return [browser, system].filter(Boolean).join(", ");
}

async function join(show: Show, code: string, name: string): Promise<void> {
  const { way, mailbox, reader } = await blaming({ pairing: "code" }, () => store().ask("pairRead", { code }));
  if (way === "copy" && !(await storeReady())) return;
  const me = { mailbox, reader };
  // Told first, so that whoever is between cannot fit it to what this device says next.
  const found = await tell<Found>("/devices/api/find", { mailbox });
  const answer = await store().ask("pairAnswer", { found, name });
  await tell("/devices/api/join", { ...me, ...answer, name });
  const stop = new AbortController();
  const look = async (): Promise<PhoneView> => {
    const view = await tell<PhoneView>("/devices/api/look", me);
    if (view.state === "refused") throw new Refused("refused");
    return view;
  };
  const wait = <T>(found: (view: PhoneView) => T | undefined): Promise<T> => until(look, found, stop.signal);
  const refuse = async (): Promise<void> => {
    stop.abort();
    await tell("/devices/api/refuse", me).catch(() => undefined);
    show(word("pair-refused"), h("div", { role: "alert" }, alert("warning", word("pair-refused-text"))));
  };
  try {
    show(word("pair-joined"), whose(found), waiting(word("pair-joined-text")));
    const opening = await wait((view) => view.opening ?? undefined);
    const { digits, confirmation } = await store().ask("pairCheck", { opening });
    await unlessRefused(compared(show, found, digits, refuse, stop.signal), look);
    await tell("/devices/api/confirm", { ...me, confirmation });
    show(word("pair-confirmed"), whose(found), digitsShown(digits), waiting(word("pair-confirmed-text")));
    if (way === "own-key") {
      await wait((view) => (view.state === "approved" || view.state === "done" ? true : undefined));
      const request = await store().ask("pairRequest", {});
      const issued = await certify({ ...me, request }, look);
      paired(show, await store().ask("deviceKeep", { issued, account: found.account, environment: found.environment }), null);
    } else {
      const sealed = await wait((view) => view.sealed ?? undefined);
      const [entry] = await store().ask("pairOpen", { sealed });
      await tell("/devices/api/receive", me);
      show(
        word("pair-received"),
        h("div", { role: "status" }, alert("success", word("pair-received-text", { name: entry?.commonName ?? entry?.subject ?? "" }))),
        h("div", { class: "btn-list" }, h("a", { class: "btn btn-primary", href: "/settings/store" }, word("ui-no-store-link"))),
      );
    }
  } catch (error) {
    if (stop.signal.aborted) return;
    stop.abort();
    await tell("/devices/api/refuse", me).catch(() => undefined);
    show(word("devices-failed"), trouble(error), h("div", { class: "btn-list" }, button(word("pair-anew"), () => ask(show, ""))));
  }
}

/** An answer that got lost is in the mailbox. */
async function certify(message: object, look: () => Promise<PhoneView>): Promise<Issued> {
  try {
    return await tell<Issued>("/devices/api/certify", message);
  } catch (error) {
    const { certificate } = await look();
    if (certificate) return certificate;
    throw error;
  }
}

/** Whose device it becomes, so that nobody is paired with an account of somebody else's unawares. */
function whose({ account, environment, way }: Found): HTMLElement {
  return h("p", {}, word(`pair-whose-${way}`, { account, environment }));
}

function compared(show: Show, found: Found, digits: string, refuse: () => Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Refused("refused")));
    show(
      word("devices-compare"),
      whose(found),
      h("p", {}, word("pair-compare-text")),
      digitsShown(digits),
      h("div", { class: "btn-list" },
        button(word("devices-same"), resolve, { kind: "btn-primary", icon: "circle-check" }),
        button(word("devices-differ"), () => void refuse(), { kind: "btn-outline-danger" })),
    );
  });
}

/** The store that a copy goes into: unlocked, or made here with a password. */
async function storeReady(): Promise<boolean> {
  if ((await state()).status !== "inactive") return unlocked(word("pair-unlock-text"));
  const password = passwordField({ name: "password", label: word("ui-store-password"), autocomplete: "new-password", strength: store() });
  const repeated = passwordField({ name: "repeated", label: word("pair-store-repeat"), autocomplete: "new-password" });
  const made = await openDialog({
    title: word("pair-store-title"),
    body: [h("p", {}, word("pair-store-text")), password.root, repeated.root],
    fields: [password, repeated],
    submit: word("pair-store-make"),
    run: async () => {
      if (password.value() !== repeated.value()) throw new FieldProblem("repeated", word("pair-store-differ"));
      return store().ask("activate", { password: password.value(), words: [] });
    },
  });
  return made !== null;
}
