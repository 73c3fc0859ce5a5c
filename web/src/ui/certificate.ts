// A certificate of the store in words, as the pages of issued certificates show it: its state, its name, and every field with its meaning.

import { offerCopies } from "../copy";
import type { CertificateView, Field, Validity } from "../store/protocol";
import { dateTime, hasWord, language, word } from "../words";
import { h, icon } from "./elements";

/** What people know it by. */
export function nameOf(view: CertificateView): string {
  return view.commonName ?? view.emails[0] ?? (view.subject || word("certificate-view-no-name"));
}

const BADGES: Record<Validity, { tone: string; icon: string; words: string }> = {
  valid: { tone: "green", icon: "circle-check", words: "state-valid" },
  expiring: { tone: "amber", icon: "clock-exclamation", words: "state-expiring" },
  expired: { tone: "grey", icon: "clock-off", words: "state-expired" },
  notYetValid: { tone: "blue", icon: "clock", words: "state-not-yet-valid" },
};

/** Icon, word and colour, the same everywhere. */
export function badge(tone: string, image: string, text: string): HTMLElement {
  return h("span", { class: `badge badge-${tone}` }, icon(image), ` ${text}`);
}

/** The state by this machine's clock, unless the certificate is known to be revoked. */
export function validityBadge(validity: Validity, isRevoked = false): HTMLElement {
  if (isRevoked) return badge("red", "ban", word("state-revoked"));
  const { tone, icon: image, words } = BADGES[validity];
  return badge(tone, image, word(words));
}

/** Hexadecimal in groups of four, for reading. */
export function grouped(hex: string): string {
  return (hex.replaceAll(":", "").match(/.{1,4}/g) ?? []).join(" ");
}

/** A button that copies a value; `of` says to screen readers which. It is shown where copying works. */
export function copyButton(value: string, of: string): HTMLElement {
  const label = h("span", { class: "visually-hidden" }, h("span", { "data-copy-label": true }, word("copy")), `: ${of}`);
  return h(
    "button",
    {
      class: "btn btn-icon btn-sm btn-ghost-secondary copy-button", type: "button", "data-copy": value, "data-copied": word("copied"),
      title: word("copy"), hidden: true,
    },
    icon("copy", "copy-icon"),
    icon("circle-check", "copy-done"),
    label,
  );
}

interface Value {
  shown: string;
  copied: string;
  /** As it stands encoded, where the shown one is a translation of it. */
  encoded?: string;
  digits?: boolean;
}

interface Line {
  name: string;
  meaning: string;
  rank: number;
  values: Value[];
}

const GROUPS = ["certificate-view-subject", "certificate-view-issuer", "certificate-view-technical"] as const;

/** Names are encoded from the country down; people read from the name up. */
const FIRST = ["commonName", "givenName", "surname", "organizationalUnitName", "organizationName", "organizationIdentifier"];

/** All fields under their headings, technical ones folded. */
export function fieldGroups(fields: Field[]): HTMLElement[] {
  const groups = new Map<(typeof GROUPS)[number], Map<string, Line>>(GROUPS.map((group) => [group, new Map()]));
  for (const field of fields) {
    const group = groups.get(groupOf(field.id));
    const line = group?.get(field.id) ?? { name: words("field", field.id), meaning: meaning(field.id), rank: rank(field.id), values: [] };
    line.values.push(valueOf(field));
    group?.set(field.id, line);
  }
  const cards: HTMLElement[] = [];
  for (const [title, lines] of groups) {
    if (lines.size > 0) cards.push(card(title, [...lines.values()].sort((one, other) => one.rank - other.rank)));
  }
  for (const one of cards) offerCopies(one);
  return cards;
}

function card(title: (typeof GROUPS)[number], lines: Line[]): HTMLElement {
  const heading = h("h2", { class: "card-title" }, word(title));
  const list = h("dl", { class: "fields" }, ...lines.map(drawn));
  return title === "certificate-view-technical"
    ? h("details", { class: "card" }, h("summary", { class: "card-header" }, heading), list)
    : h("section", { class: "card" }, h("div", { class: "card-header" }, heading), list);
}

function drawn({ name, meaning, values }: Line): HTMLElement {
  const shown = values.map((value) =>
    h(
      "div",
      { class: "field-value" },
      h("span", { class: `field-shown${value.digits ? " digits" : ""}` }, value.shown),
      " ",
      value.encoded === undefined ? null : h("small", { class: "field-encoded" }, value.encoded),
      copyButton(value.copied, name),
    ),
  );
  return h("div", { class: "field" }, h("dt", {}, name), h("dd", {}, ...shown, h("p", { class: "field-meaning" }, meaning)));
}

function groupOf(id: string): (typeof GROUPS)[number] {
  const [part] = id.split(".");
  if (part === "subject" || part === "subjectAltName") return "certificate-view-subject";
  return part === "issuer" ? "certificate-view-issuer" : "certificate-view-technical";
}

/** The attribute of a name; none of other fields. */
function attributeOf(id: string): string | undefined {
  return /^(?:subject|issuer)\.(.+)$/.exec(id)?.[1];
}

function rank(id: string): number {
  const attribute = attributeOf(id);
  if (attribute !== undefined) return FIRST.includes(attribute) ? FIRST.indexOf(attribute) + 1 : 10;
  return id.startsWith("subjectAltName.") ? 7 : 0;
}

function dashed(text: string): string {
  return text.replaceAll(".", "-");
}

/** Attributes mean the same in subject and issuer; only a serial number there is not the certificate's. */
function words(prefix: string, id: string): string {
  const attribute = attributeOf(id);
  return word(`${prefix}-${attribute === "serialNumber" ? "subjectSerialNumber" : (attribute ?? dashed(id))}`);
}

function meaning(id: string): string {
  const own = `meaning-issuer-${attributeOf(id) ?? ""}`;
  return id.startsWith("issuer.") && hasWord(own) ? word(own) : words("meaning", id);
}

const DIGITS = new Set(["serialNumber", "fingerprint.sha256", "fingerprint.sha1", "subjectKeyIdentifier", "authorityKeyIdentifier"]);

function valueOf({ id, value, raw }: Field): Value {
  if (DIGITS.has(id)) return { shown: grouped(raw ?? value), copied: value, digits: true };
  if (id === "notBefore" || id === "notAfter") return { shown: raw === undefined ? value : dateTime(Number(raw)), copied: value };
  // The bits of the key are of no use to people.
  if (id === "publicKey") return { shown: value, copied: value };
  if (attributeOf(id) === "countryName") return { shown: country(value), copied: value, encoded: value };
  const listed = id === "certificatePolicies" ? (raw ?? "") : value;
  const key = `value-${dashed(id)}-${dashed(listed)}`;
  // What others wrote may look like anything, a key of Fluent does not.
  if (/^[\w-]+$/.test(key) && hasWord(key)) return { shown: word(key), copied: value, encoded: listed };
  return raw === undefined || raw === value ? { shown: value, copied: value } : { shown: value, copied: value, encoded: raw };
}

function country(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames([language], { type: "region" }).of(code) ?? code;
}
