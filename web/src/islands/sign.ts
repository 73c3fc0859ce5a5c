// Signing a file or a text with a certificate of the store; nothing leaves the browser.

import type { Entry } from "../store/protocol";
import { areaField, choiceField, fileField, textField } from "../ui/fields";
import { h } from "../ui/elements";
import { FieldProblem } from "../ui/dialog";
import { keep, safeName, sizeOf } from "../ui/files";
import { alert } from "../ui/problem";
import { demand, parts, task } from "../ui/task";
import { available, pick, store } from "../ui/unlock";
import { word } from "../words";

const MAX_TEXT = 1 << 20;

/** Certificates whose signature readers accept today. */
export function signs(entry: Entry): boolean {
  return entry.signs && entry.key !== null && entry.key.kind !== "x25519" && (entry.validity === "valid" || entry.validity === "expiring");
}

export async function attach(root: HTMLElement): Promise<void> {
  if (!(await available(root))) return;
  const what = choiceField({
    name: "what",
    label: word("sign-what"),
    options: [
      { value: "file", text: word("sign-what-file"), hint: word("sign-what-file-hint") },
      { value: "text", text: word("sign-what-text"), hint: word("sign-what-text-hint") },
    ],
  });
  root.replaceChildren(parts(what, { file: ofFile(), text: ofText() }));
}

function ofFile(): HTMLElement {
  const file = fileField({ name: "file", label: word("sign-file"), hint: word("sign-file-hint"), accept: "" });
  const form = choiceField({
    name: "form",
    label: word("sign-form"),
    options: [
      { value: "beside", text: word("sign-form-beside"), hint: word("sign-form-beside-hint") },
      { value: "around", text: word("sign-form-around"), hint: word("sign-form-around-hint") },
    ],
  });
  return task({
    fields: [file, form],
    submit: word("sign-file-submit"),
    run: async (progress) => {
      const content = demand(file, word("sign-file-missing"));
      const detached = form.value() === "beside";
      const signer = await pick(signs, word("sign-why", { name: content.name }), word("sign-file-submit"));
      if (!signer) return null;
      const signed = await store().ask("sign", { id: signer.id, content, detached }, progress);
      const name = safeName(`${content.name}.${detached ? "p7s" : "p7m"}`, detached ? "signature.p7s" : "signed.p7m");
      return done(signed, name, signer, word(detached ? "sign-done-beside" : "sign-done-around", { name: content.name }));
    },
  });
}

function ofText(): HTMLElement {
  const to = textField({ name: "to", label: word("sign-to"), hint: word("sign-to-hint"), required: false });
  const subject = textField({ name: "subject", label: word("sign-subject"), required: false });
  const text = areaField({ name: "text", label: word("sign-text"), hint: word("sign-text-hint"), rows: 8 });
  return task({
    fields: [to, subject, text],
    submit: word("sign-text-submit"),
    run: async () => {
      const words = text.value();
      if (words.trim() === "") throw new FieldProblem("text", word("sign-text-missing"));
      if (words.length > MAX_TEXT) throw new FieldProblem("text", word("sign-text-long"));
      const addresses = to.value().split(/[,;\s]+/).filter((one) => one !== "");
      if (!addresses.every((one) => /^[!-~]+@[!-~]+$/.test(one) && !/[<>()[\]:"\\]/.test(one))) throw new FieldProblem("to", word("sign-to-wrong"));
      const signer = await pick(signs, word("sign-text-why"), word("sign-text-submit"));
      if (!signer) return null;
      const [from = ""] = signer.emails;
      const fields = { from, to: addresses.join(", "), subject: subject.value().slice(0, 300) };
      const message = await store().ask("signMail", { id: signer.id, text: words.endsWith("\n") ? words : `${words}\n`, fields });
      const name = safeName(`${subject.value()}.eml`, "message.eml");
      const nodes = done(message, name === ".eml" ? "message.eml" : name, signer, word("sign-done-text"));
      return from === "" ? [...nodes, alert("warning", word("sign-no-address"))] : nodes;
    },
  });
}

function done(content: Blob, name: string, signer: Entry, text: string): Node[] {
  const by = signer.commonName ?? signer.subject;
  return [
    h("div", { role: "status" }, alert("success", word("sign-done", { by }), text)),
    h("div", { class: "form-actions" }, keep(content, name, word("files-keep", { name, size: sizeOf(content.size) }))),
  ];
}
