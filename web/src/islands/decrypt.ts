// Decrypting a message with the store's keys; nothing leaves the browser, and nothing of a message is shown as HTML.

import type { ReadMessage } from "../store/protocol";
import { shown } from "../mail/content";
import { closed, encryption, isGood, signatures } from "../mail/report";
import { trustOf } from "../mail/trust";
import { h } from "../ui/elements";
import { fileField } from "../ui/fields";
import { alert } from "../ui/problem";
import { demand, task } from "../ui/task";
import { available, store, unlocked } from "../ui/unlock";
import { word } from "../words";
import { innerName } from "./verify";

export async function attach(root: HTMLElement): Promise<void> {
  if (!(await available(root))) return;
  const message = fileField({ name: "message", label: word("decrypt-file"), hint: word("decrypt-file-hint"), accept: ".p7m,.eml,.pem,.der,.txt" });
  root.replaceChildren(
    task({
      fields: [message],
      submit: word("decrypt-submit"),
      run: async (progress) => {
        const file = demand(message, word("decrypt-file-missing"));
        if (!(await unlocked(word("decrypt-why", { name: file.name })))) return null;
        return report(await store().ask("read", { file, content: null, ...trustOf(document), decrypts: true }, progress), file.name);
      },
    }),
  );
}

async function report({ layers, ended, content }: ReadMessage, name: string): Promise<Node[]> {
  const nodes: Node[] = [];
  const encrypted = layers.some(({ kind }) => kind === "encrypted");
  if (!encrypted) nodes.push(alert("warning", word("decrypt-not-encrypted"), word("decrypt-not-encrypted-text")));
  layers.forEach((layer, at) => {
    if (layer.kind === "signed") nodes.push(...signatures(layer.verified));
    if (layer.kind !== "encrypted") return;
    const inside = layers.slice(at + 1).some((other) => other.kind === "signed" && other.verified.signers.some(isGood));
    nodes.push(h("div", { role: "status" }, encryption(layer, inside)));
  });
  if (encrypted && !layers.some(({ kind }) => kind === "signed")) nodes.push(alert("info", word("decrypt-unsigned"), word("decrypt-unsigned-text")));
  nodes.push(...closed(ended));
  if (content !== null) {
    nodes.push(
      h("section", { class: "card" }, h("div", { class: "card-header" }, h("h2", { class: "card-title" }, word("decrypt-inside"))), h("div", { class: "card-body" }, ...(await shown(content, innerName(name))))),
    );
  }
  return nodes;
}
