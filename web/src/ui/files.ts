// Files in and out of pages: sizes in words, how far work on one has come, and results to keep.

import { freshId, h, icon } from "./elements";
import { word } from "../words";

const KILO = 1_000;

/** A size as people read it. */
export function sizeOf(octets: number): string {
  if (octets < KILO) return word("files-bytes", { count: octets });
  if (octets < KILO * KILO) return word("files-kilobytes", { count: Math.round(octets / KILO) });
  const megabytes = octets / KILO / KILO;
  return word("files-megabytes", { count: megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes) });
}

/** A button that keeps a result under this name. */
export function keep(content: Blob, name: string, text: string, kind = "btn-primary"): HTMLAnchorElement {
  return h("a", { class: `btn ${kind}`, href: URL.createObjectURL(content), download: name }, icon("download"), ` ${text}`);
}

/** Lets go of what the links in here keep. */
export function release(root: ParentNode): void {
  for (const { href } of root.querySelectorAll<HTMLAnchorElement>("a[download]")) if (href.startsWith("blob:")) URL.revokeObjectURL(href);
}

/** A line that tells how far something has come; hidden until it has. */
export class ProgressLine {
  readonly #bar: HTMLProgressElement;
  readonly #said = h("span", { class: "progress-said" });
  readonly root: HTMLElement;

  constructor(label: string) {
    const id = freshId("progress");
    this.#bar = h("progress", { max: "100", value: "0", id });
    this.root = h("div", { class: "progress-line", hidden: true }, h("label", { for: id }, label), this.#bar, this.#said);
  }

  show = (done: number, total: number): void => {
    const percent = total > 0 ? Math.floor((done / total) * 100) : 0;
    this.root.hidden = false;
    this.#bar.value = percent;
    this.#said.textContent = word("files-progress", { percent, done: sizeOf(done), total: sizeOf(total) });
  };

  hide(): void {
    this.root.hidden = true;
  }
}

/** A name without folders and without what no file system takes. */
export function safeName(name: string, otherwise: string): string {
  const plain = (name.split(/[\\/]/).pop() ?? "").replaceAll(/[\u0000-\u001f\u007f<>:"|?*\u202a-\u202e\u2066-\u2069]/g, "").trim().slice(0, 150);
  return plain === "" || /^\.+$/.test(plain) ? otherwise : plain;
}
