// What was inside a message, on the page: text as text, everything else to be kept as a file.

import { h } from "../ui/elements";
import { keep, safeName, sizeOf } from "../ui/files";
import { alert } from "../ui/problem";
import { dateTime, word } from "../words";
import { looksLikeEntity, readEntity, textOf, wordsOf, type Part } from "./entity";

/** Larger contents are only offered to be kept. */
const MAX_ENTITY = 64 << 20;
/** Characters of one text that are shown. */
const MAX_SHOWN = 200_000;
const START = 4 << 10;

/** The content, whatever it is; `name` is what a file is called that has no name of its own. */
export async function shown(content: Blob, name: string): Promise<Node[]> {
  const start = textOf(new Uint8Array(await content.slice(0, START).arrayBuffer()), "latin1");
  if (content.size > MAX_ENTITY || !looksLikeEntity(start)) return file(content, name);
  const { fields, parts, cut } = readEntity(new Uint8Array(await content.arrayBuffer()));
  const texts = parts.filter((part) => part.type === "text/plain" && !part.attachment);
  const others = parts.filter((part) => !texts.includes(part));
  return [
    ...headers(fields),
    ...texts.map((part) => text(textOf(part.content, part.charset))),
    ...(texts.length === 0 && others.length > 0 ? [h("p", { class: "text-secondary" }, word("message-no-text"))] : []),
    ...(others.some(({ type }) => type === "text/html") ? [alert("info", word("message-html"))] : []),
    ...(others.length > 0 ? [attachments(others)] : []),
    ...(cut ? [alert("warning", word("message-cut"))] : []),
    h("div", { class: "form-actions" }, keep(content, "message.eml", word("message-keep-all", { size: sizeOf(content.size) }), "")),
  ];
}

function headers(fields: Map<string, string>): Node[] {
  const lines = ["from", "to", "cc", "date", "subject"].flatMap((name) => {
    const value = fields.get(name);
    if (value === undefined) return [];
    const text = wordsOf(value);
    const at = name === "date" ? Date.parse(text) : NaN;
    const shown = Number.isNaN(at) ? h("dd", {}, text) : h("dd", { title: text }, dateTime(at / 1_000));
    return [h("div", {}, h("dt", {}, word(`message-${name}`)), shown)];
  });
  return lines.length > 0 ? [h("dl", { class: "properties" }, ...lines)] : [];
}

function text(content: string): HTMLElement {
  const whole = content.length <= MAX_SHOWN;
  const pre = h("pre", { class: "message-text", tabindex: "0" }, whole ? content : content.slice(0, MAX_SHOWN));
  return h("div", {}, pre, whole ? null : h("p", { class: "text-secondary" }, word("message-text-cut")));
}

function attachments(parts: Part[]): HTMLElement {
  const items = parts.map((part, at) => {
    const fallback = part.type === "text/html" ? "message.html" : `${word("message-part")}-${at + 1}`;
    const name = safeName(part.name ?? fallback, fallback);
    // As octets: whatever the sender says that it is, the browser only keeps it.
    const content = new Blob([part.content], { type: "application/octet-stream" });
    return h("li", {}, keep(content, name, word("files-keep", { name, size: sizeOf(content.size) }), ""));
  });
  return h("section", {}, h("h3", {}, word("message-attachments")), h("ul", { class: "attachments" }, ...items));
}

/** Content that is no message: a preview where it is text, and the file. */
async function file(content: Blob, name: string): Promise<Node[]> {
  const nodes: Node[] = [];
  if (content.size > 0 && content.size <= MAX_SHOWN) {
    try {
      const preview = new TextDecoder("utf-8", { fatal: true }).decode(await content.arrayBuffer());
      if (!/[\u0000-\u0008\u000e-\u001f]/.test(preview)) nodes.push(text(preview));
    } catch {
      // No text: it is only kept.
    }
  }
  const octets = new Blob([content], { type: "application/octet-stream" });
  return [...nodes, h("div", { class: "form-actions" }, keep(octets, name, word("files-keep", { name, size: sizeOf(content.size) })))];
}
