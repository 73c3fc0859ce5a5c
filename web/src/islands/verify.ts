// Verifying a signed file or message; nothing leaves the browser.

import type { ReadMessage } from "../store/protocol";
import { shown } from "../mail/content";
import { closed, isGood, signatures } from "../mail/report";
import { trustOf } from "../mail/trust";
import { FieldProblem } from "../ui/dialog";
import { h } from "../ui/elements";
import { fileField } from "../ui/fields";
import { safeName } from "../ui/files";
import { alert } from "../ui/problem";
import { demand, task } from "../ui/task";
import { available, store } from "../ui/unlock";
import { word } from "../words";

export async function attach(root: HTMLElement): Promise<void> {
  if (!(await available(root))) return;
  const signed = fileField({ name: "signed", label: word("verify-file"), hint: word("verify-file-hint"), accept: ".p7s,.p7m,.eml,.pem,.sig,.p7,.der,.txt" });
  const content = fileField({ name: "content", label: word("verify-content"), hint: word("verify-content-hint"), accept: "" });
  root.replaceChildren(
    task({
      fields: [signed, content],
      submit: word("verify-submit"),
      run: async (progress) => {
        const file = demand(signed, word("verify-file-missing"));
        const read = await store().ask("read", { file, content: content.value(), ...trustOf(document), decrypts: false }, progress);
        if (read.ended === "contentMissing" && content.value() === null) throw new FieldProblem("content", word("verify-content-missing"));
        return report(read, file.name);
      },
    }),
  );
}

/** What a file with a signature around it is called without it. */
export function innerName(name: string): string {
  return safeName(name.replace(/\.(p7m|p7s|eml|pem|der|sig)$/i, ""), "content");
}

async function report(read: ReadMessage, name: string): Promise<Node[]> {
  const signed = read.layers.flatMap((layer) => (layer.kind === "signed" ? [layer.verified] : []));
  const nodes: Node[] = [h("h2", { class: "visually-hidden", role: "status" }, summary(read))];
  if (read.ended === "encrypted") nodes.push(alert("info", word("verify-encrypted"), word("verify-encrypted-text")), h("p", {}, h("a", { class: "btn btn-primary", href: "/decrypt" }, word("verify-encrypted-link"))));
  if (read.ended === "plain" || (read.ended === "content" && signed.length === 0)) nodes.push(alert("danger", word("verify-plain"), word("verify-plain-text")));
  if (read.ended === "certificates") nodes.push(alert("danger", word("verify-certificates"), word("verify-certificates-text")));
  nodes.push(...closed(read.ended));
  if (read.ended !== "certificates") nodes.push(...signed.flatMap(signatures));
  const inside = signed.some((verified) => !verified.detached || verified.mail !== null);
  if (read.content !== null && inside) {
    const heading = signed.every(({ signers }) => signers.length > 0 && signers.every(({ right }) => right)) ? "verify-inside" : "verify-inside-unsure";
    nodes.push(h("section", { class: "card" }, h("div", { class: "card-header" }, h("h2", { class: "card-title" }, word(heading))), h("div", { class: "card-body" }, ...(await shown(read.content, innerName(name))))));
  }
  return nodes;
}

/** For screen readers, before the details. */
function summary({ layers }: ReadMessage): string {
  const signers = layers.flatMap((layer) => (layer.kind === "signed" ? layer.verified.signers : []));
  if (signers.length === 0) return word("verify-summary-none");
  if (signers.every(isGood)) return word("verify-summary-good");
  return word(signers.every(({ right }) => right) ? "verify-summary-right" : "verify-summary-wrong");
}
