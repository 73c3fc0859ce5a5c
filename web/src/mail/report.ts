// What was found about signatures, in words: first whether they are good, then whose they are, then everything else.

import type { Layer, Path, ReadMessage, SignatureReport, SignerReport, TimeStampReport, Verified } from "../store/protocol";
import { copyButton, fieldGroups, grouped, nameOf } from "../ui/certificate";
import { h } from "../ui/elements";
import { alert } from "../ui/problem";
import { date, dateTime, hasWord, word } from "../words";
import { revocation } from "./status";

/** Whether everything about a signature is as it should be. */
export function isGood(signer: SignerReport): boolean {
  return signer.right && isTrusted(signer) && signer.sender !== "other" && signer.sender !== "unknown";
}

function isTrusted({ path, pathAtTimeStamp }: SignerReport): boolean {
  return path?.valid === true || pathAtTimeStamp?.valid === true;
}

/** Why the innermost layer stayed closed, where it did. */
export function closed(ended: ReadMessage["ended"]): Node[] {
  if (ended === "otherStructure") return [alert("warning", word("verify-other"), word("verify-other-text"))];
  return ended.startsWith("compressed") ? [alert("warning", word("verify-compressed"), word(`verify-${ended}`))] : [];
}

/** One layer's signatures. */
export function signatures(verified: Verified): Node[] {
  const { signers, mail } = verified;
  if (signers.length === 0) return [alert("danger", word("verify-unsigned"), word("verify-unsigned-text"))];
  const altered = (mail?.protected ?? []).filter(({ agrees, outside }) => !agrees && outside.length > 0);
  return [
    ...signers.map((signer, at) => one(signer, verified, signers.length > 1 ? at + 1 : 0)),
    ...altered.map(({ name, value, outside }) => alert("danger", word("verify-field-altered", { name }), word("verify-field-altered-text", { value, outside: outside.join(", ") }))),
    ...(verified.unreadableCertificates > 0 ? [alert("info", word("verify-unreadable", { count: verified.unreadableCertificates }))] : []),
  ];
}

/** What encryption of a layer says. */
export function encryption({ cipher, authenticated }: Extract<Layer, { kind: "encrypted" }>, signedInside: boolean): HTMLElement {
  if (authenticated) return alert("success", word("decrypt-authenticated"), word("decrypt-authenticated-text", { cipher }));
  return signedInside
    ? alert("info", word("decrypt-unauthenticated-signed"), word("decrypt-unauthenticated-signed-text", { cipher }))
    : alert("warning", word("decrypt-unauthenticated"), word("decrypt-unauthenticated-text", { cipher }));
}

function one(signer: SignerReport, verified: Verified, number: number): HTMLElement {
  const { certificate } = signer;
  const name = certificate ? nameOf(certificate) : signer.identifier;
  const title = number > 0 ? word("verify-signature-number", { number }) : word("verify-signature");
  return h(
    "section",
    { class: "card verdict" },
    h("div", { class: "card-header" }, h("h2", { class: "card-title" }, title)),
    h(
      "div",
      { class: "card-body" },
      ...verdicts(signer, verified, name),
      h("dl", { class: "properties" }, ...facts(signer, verified, name)),
      ...signer.counterSignatures.map(counter),
      ...(certificate ? [revocation(certificate)] : []),
      ...problems(signer),
      ...(signer.fields ? [everything(signer.fields)] : []),
    ),
  );
}

/** The sentences that decide: the signature, whose it is, who the message says that it is from. */
function verdicts(signer: SignerReport, verified: Verified, name: string): Node[] {
  if (!signer.right) {
    const codes = [...new Set(signer.faults.map(({ code }) => code))];
    return codes.map((code) => alert("danger", word(`verify-fault-${code}`), word(`verify-fault-${code}-text`)));
  }
  const nodes: Node[] = [];
  const mailbox = verified.mail?.from.join(", ") ?? "";
  if (isGood(signer)) nodes.push(alert("success", word("verify-good", { name }), word(verified.mail ? "verify-good-message" : "verify-good-file")));
  else nodes.push(alert("success", word("verify-right"), word("verify-right-text")));
  if (!isTrusted(signer)) nodes.push(distrust(signer.path, name));
  else if (signer.path?.valid === false && signer.pathAtTimeStamp?.valid) {
    nodes.push(alert("info", word("verify-then", { at: dateTime(signer.pathAtTimeStamp.at) }), word("verify-then-text")));
  }
  if (signer.sender === "other") nodes.push(alert("warning", word("verify-sender-other"), word("verify-sender-other-text", { from: mailbox })));
  if (signer.sender === "unknown") nodes.push(alert("warning", word("verify-sender-unknown"), word("verify-sender-unknown-text")));
  return nodes;
}

function distrust(path: Path | null, name: string): HTMLElement {
  const finding = path?.valid === false ? path.finding : null;
  const key = `verify-path-${finding ?? "untrusted"}`;
  const stem = hasWord(key) ? key : "verify-path-other";
  return alert(finding === "expired" ? "warning" : "danger", word(stem, { name }), word(`${stem}-text`, { name }));
}

function line(key: string, ...value: (Node | string)[]): HTMLElement {
  return h("div", {}, h("dt", {}, word(key)), h("dd", {}, ...value));
}

function facts(signer: SignerReport, { detached }: Verified, name: string): HTMLElement[] {
  const { certificate, path, claimedAt } = signer;
  const lines = [line("verify-by", name)];
  if (certificate) {
    if (certificate.emails.length > 0) lines.push(line("verify-emails", certificate.emails.join(", ")));
    if (certificate.organization !== null) lines.push(line("verify-organization", certificate.organization));
    lines.push(line("verify-authority", certificate.authority));
    lines.push(line("verify-validity", `${date(certificate.notBefore)} – ${date(certificate.notAfter)}`));
    const serial = h("code", { class: "copy-value" }, grouped(certificate.serial));
    lines.push(line("verify-serial", h("span", { class: "copy" }, serial, copyButton(certificate.serial, word("verify-serial")))));
  }
  lines.push(line("verify-when", claimedAt === null ? word("verify-when-not") : word("verify-when-claimed", { at: dateTime(claimedAt) })));
  lines.push(...signer.timeStamps.map((stamp) => line("verify-stamp", timeStamp(stamp))));
  if (path?.valid) lines.push(line("verify-path", [...path.path, path.anchor].filter((one, at, all) => one !== all[at - 1]).join(" › ")));
  lines.push(line("verify-form", word(detached ? "verify-form-beside" : "verify-form-around")));
  lines.push(line("verify-algorithm", word(signer.bound ? "verify-algorithm-bound" : "verify-algorithm-free", { algorithm: signer.algorithm })));
  return lines;
}

function timeStamp(stamp: TimeStampReport): string {
  if ("problem" in stamp) return word("verify-stamp-unreadable", { detail: stamp.problem });
  const by = stamp.certificate ? nameOf(stamp.certificate) : stamp.identifier;
  const at = dateTime(stamp.at);
  if (!stamp.right) return word("verify-stamp-wrong", { at, by });
  return word(stamp.path?.valid ? "verify-stamp-good" : "verify-stamp-untrusted", { at, by });
}

function counter(report: SignatureReport): HTMLElement {
  const name = report.certificate ? nameOf(report.certificate) : report.identifier;
  return h("p", {}, word(report.right ? "verify-counter-right" : "verify-counter-wrong", { name }));
}

/** In English, for whoever looks into it. */
function problems(signer: SignerReport): HTMLElement[] {
  const details = [
    ...signer.faults.map(({ detail }) => detail),
    ...(signer.path?.valid === false ? signer.path.failures.map(({ certificate, detail, clause }) => `${certificate === null ? "" : `${certificate}: `}${detail} (${clause})`) : []),
  ];
  if (details.length === 0) return [];
  const items = details.slice(0, 20).map((detail) => h("li", {}, detail));
  return [h("details", { class: "more" }, h("summary", {}, word("verify-details")), h("ul", { lang: "en" }, ...items))];
}

function everything(fields: Parameters<typeof fieldGroups>[0]): HTMLElement {
  const body = h("div", {});
  const details = h("details", { class: "more" }, h("summary", {}, word("verify-fields")), body);
  details.addEventListener("toggle", () => {
    if (details.open && body.childElementCount === 0) body.append(...fieldGroups(fields));
  });
  return details;
}
