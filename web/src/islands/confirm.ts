// The form of a sensitive act asks for a fresh signature when it is sent, and carries it along.

import { h } from "../ui/elements";
import { alert } from "../ui/problem";
import { state } from "../ui/unlock";
import { word } from "../words";
import { said, set } from "./log-in";
import { prove } from "./proof";

export function confirm(root: HTMLElement): void {
  const form = root.closest("form");
  const act = root.dataset.act ?? "";
  if (!form || root.dataset.origin !== location.origin) return;
  const problems = h("div", { role: "alert" });
  root.append(problems);
  let busy = false;
  let proved = false;

  form.addEventListener("submit", (event) => {
    if (proved) return;
    event.preventDefault();
    if (!busy) void attempt(form, event.submitter);
  });

  async function attempt(sent: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
    busy = true;
    problems.replaceChildren();
    try {
      // Without a certificate here, or where there can be none, the server says what else there is.
      const { certificates } = await state().catch(() => ({ certificates: 0 }));
      if (certificates > 0) {
        const asked = { address: "/confirm/challenge", why: word("proof-confirm-why"), submit: word("proof-confirm"), values: { act } };
        const proof = await prove(sent, asked);
        if (!proof) return;
        set(sent, "confirm-token", proof.token);
        set(sent, "confirm-nonce", proof.nonce);
      }
      proved = true;
      sent.requestSubmit(submitter);
    } catch (error) {
      problems.replaceChildren(alert("danger", said(error)));
    } finally {
      busy = false;
    }
  }

  // A page that the browser kept asks anew.
  window.addEventListener("pageshow", () => {
    proved = false;
  });
}
