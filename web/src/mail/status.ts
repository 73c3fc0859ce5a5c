// Whether a certificate of this environment was revoked: asked only when the person says so, and nothing but its serial number is sent.

import type { CertificateView } from "../store/protocol";
import { button, h } from "../ui/elements";
import { alert } from "../ui/problem";
import { dateTime, language, word } from "../words";

interface Status {
  status: "good" | "revoked" | "unknown";
  at?: number;
  /** In words. */
  reason?: string;
}

/** The environment's own authorities: their addresses by their names. */
function slugOf(issuer: string): string | undefined {
  const known = [...document.querySelectorAll<HTMLElement>("[data-slug]")];
  return known.find(({ dataset }) => dataset.subject === issuer)?.dataset.slug;
}

export function revocation(certificate: CertificateView): HTMLElement {
  const slug = slugOf(certificate.issuer);
  const said = h("div", { role: "status" }, alert("info", word("status-not-asked"), word(slug === undefined ? "status-elsewhere" : "status-not-asked-text")));
  if (slug === undefined) return said;
  const ask = button(word("status-ask"), () => void act(), { icon: "refresh" });
  const act = async (): Promise<void> => {
    ask.disabled = true;
    try {
      said.replaceChildren(words(await asked(slug, certificate.serial)));
      ask.remove();
    } catch {
      said.replaceChildren(alert("warning", word("status-failed"), word("status-failed-text")));
      ask.disabled = false;
    }
  };
  return h("div", { class: "status-question" }, said, h("div", { class: "form-actions" }, ask));
}

async function asked(slug: string, serial: string): Promise<Status> {
  const response = await fetch(`/verify/status/${slug}/${serial}`, { credentials: "omit", headers: { accept: "application/json", "accept-language": language } });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Status;
}

function words({ status, at, reason }: Status): HTMLElement {
  if (status === "good") return alert("success", word("status-good"), word("status-good-text"));
  if (status === "unknown") return alert("warning", word("status-unknown"), word("status-unknown-text"));
  return alert("danger", word("status-revoked", { at: dateTime(at ?? 0) }), word("status-revoked-text", { why: reason ?? "" }));
}
