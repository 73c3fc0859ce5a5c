// What is inside a message, to be read and kept: MIME parts (RFC 2045, 2046, 2047, 2183, 2231). Nothing here is ever shown as HTML; whatever is
// not plain text is only offered to be kept.

export interface Part {
  /** In lower case, without parameters. */
  type: string;
  /** As the sender calls it, words decoded; null where it has no name. */
  name: string | null;
  attachment: boolean;
  charset: string;
  content: Uint8Array<ArrayBuffer>;
}

export interface Entity {
  fields: Map<string, string>;
  parts: Part[];
  /** More was there than is taken apart. */
  cut: boolean;
}

const MAX_DEPTH = 8;
const MAX_PARTS = 200;
const MAX_HEADER = 64 << 10;

/** Whether octets begin with the header of a MIME entity. */
export function looksLikeEntity(start: string): boolean {
  const [head = ""] = start.split(/\r?\n\r?\n/, 1);
  return /^[!-9;-~]+:[ \t]/.test(head) && /^(content-type|mime-version):/im.test(head);
}

/** Takes an entity apart. */
export function readEntity(octets: Uint8Array<ArrayBuffer>): Entity {
  const taken = { parts: [] as Part[], cut: false };
  const { fields } = take(latin1(octets), 0, taken);
  return { fields, ...taken };
}

/** One character an octet, so that text functions work on octets. */
function latin1(octets: Uint8Array): string {
  // The label "latin1" means windows-1252 to browsers, which is another thing.
  let text = "";
  for (let from = 0; from < octets.length; from += 0x8000) text += String.fromCharCode(...octets.subarray(from, from + 0x8000));
  return text;
}

function octetsOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

function take(text: string, depth: number, to: { parts: Part[]; cut: boolean }): { fields: Map<string, string> } {
  const end = /\r?\n\r?\n|^\r?\n/.exec(text.slice(0, MAX_HEADER));
  const fields = headerOf(end ? text.slice(0, end.index) : text.slice(0, MAX_HEADER));
  const body = end ? text.slice(end.index + end[0].length) : "";
  const { essence, parameters } = valueOf(fields.get("content-type") ?? "text/plain");
  const boundary = parameters.get("boundary");
  if (essence.startsWith("multipart/") && boundary) {
    if (depth >= MAX_DEPTH) to.cut = true;
    else for (const piece of split(body, boundary)) take(piece, depth + 1, to);
    return { fields };
  }
  if (to.parts.length >= MAX_PARTS) {
    to.cut = true;
    return { fields };
  }
  const disposition = valueOf(fields.get("content-disposition") ?? "");
  const name = disposition.parameters.get("filename") ?? parameters.get("name") ?? null;
  to.parts.push({
    type: essence,
    name: name === null ? null : wordsOf(name),
    attachment: disposition.essence === "attachment",
    charset: (parameters.get("charset") ?? "utf-8").toLowerCase(),
    content: decoded(body, (fields.get("content-transfer-encoding") ?? "").trim().toLowerCase()),
  });
  return { fields };
}

/** Names in lower case; of fields of one name the first. */
function headerOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replaceAll(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/** `text/plain; charset="utf-8"` taken apart; parameters in pieces and other character sets by RFC 2231. */
function valueOf(text: string): { essence: string; parameters: Map<string, string> } {
  const [essence = "", ...rest] = text.match(/(?:[^;"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  const plain = new Map<string, string>();
  const pieces = new Map<string, { at: number; text: string; encoded: boolean }[]>();
  for (const one of rest.slice(0, 64)) {
    const equals = one.indexOf("=");
    if (equals < 1) continue;
    const name = one.slice(0, equals).trim().toLowerCase();
    const raw = one.slice(equals + 1).trim();
    const value = raw.startsWith('"') ? raw.slice(1, raw.endsWith('"') ? -1 : undefined).replaceAll(/\\(.)/g, "$1") : raw;
    const extended = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/.exec(name);
    if (!extended || !name.includes("*")) {
      if (!plain.has(name)) plain.set(name, value);
      continue;
    }
    const list = pieces.get(extended[1] ?? "") ?? [];
    list.push({ at: Number(extended[2] ?? 0), text: value, encoded: extended[3] === "*" });
    pieces.set(extended[1] ?? "", list);
  }
  for (const [name, list] of pieces) {
    list.sort((one, other) => one.at - other.at);
    const [charset = ""] = list[0]?.encoded ? list[0].text.split("'") : [];
    const joined = list.map((piece, at) => (piece.encoded ? unescaped(at === 0 ? piece.text.split("'").slice(2).join("'") : piece.text) : piece.text)).join("");
    plain.set(name, textOf(octetsOf(joined), charset || "utf-8"));
  }
  return { essence: essence.trim().toLowerCase(), parameters: plain };
}

function unescaped(text: string): string {
  return text.replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** Encoded words (RFC 2047) as text. */
export function wordsOf(text: string): string {
  return text
    .replaceAll(/(=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=)\s+(?==\?[^?\s]+\?[bBqQ]\?)/g, "$1")
    .replaceAll(/=\?([^?\s]+)\?([bBqQ])\?([^?\s]*)\?=/g, (_, charset: string, kind: string, content: string) => {
      const octets = kind.toLowerCase() === "b" ? base64(content) : quotedPrintable(content.replaceAll("_", " "));
      return textOf(octets, charset.split("*")[0] ?? "");
    });
}

function split(body: string, boundary: string): string[] {
  const parts: string[] = [];
  let current: string[] | null = null;
  // The line end before a boundary belongs to the boundary (RFC 2046 section 5.1.1).
  for (const line of body.split(/(?<=\n)/)) {
    const bare = line.trimEnd();
    if (bare === `--${boundary}` || bare === `--${boundary}--`) {
      if (current) parts.push(current.join("").replace(/\r?\n$/, ""));
      if (bare.endsWith(`${boundary}--`) || parts.length > MAX_PARTS) return parts;
      current = [];
    } else current?.push(line);
  }
  if (current) parts.push(current.join(""));
  return parts;
}

function decoded(body: string, encoding: string): Uint8Array<ArrayBuffer> {
  if (encoding === "base64") return base64(body);
  return encoding === "quoted-printable" ? quotedPrintable(body) : octetsOf(body);
}

/** What can be read of base64; anything else in it is skipped, as mail programs do. */
function base64(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replaceAll(/[^A-Za-z0-9+/]/g, "");
  return octetsOf(atob(digits.slice(0, digits.length - (digits.length % 4 === 1 ? 1 : 0))));
}

function quotedPrintable(text: string): Uint8Array<ArrayBuffer> {
  const joined = text.replaceAll(/[ \t]+(?=\r?\n)/g, "").replaceAll(/=\r?\n/g, "");
  return octetsOf(joined.replaceAll(/=([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))));
}

/** Octets as text; an unknown character set is read as UTF-8. */
export function textOf(octets: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(octets);
  } catch {
    return new TextDecoder().decode(octets);
  }
}
