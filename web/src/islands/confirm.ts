// The form of a sensitive act asks, when it is sent, for what the session has to show, and carries it along.

import { h } from "../ui/elements";
import { alert } from "../ui/problem";
import { fresh } from "./fresh";
import { said, set } from "./log-in";

export function confirm(root: HTMLElement): void {
  const form = root.closest("form");
  const { act = "", way } = root.dataset;
  // A password is typed at whichever address; a signature is for the portal's own.
  if (!form || (way !== "password" && root.dataset.origin !== location.origin)) return;
  const problems = h("div", { role: "alert" });
  root.append(problems);
  let busy = false;
  let proved = false;

  form.addEventListener("submit", (event) => {
    // Where the form has a proof of its own to ask for, that comes first and the form is sent once more.
    if (proved || event.defaultPrevented) return;
    event.preventDefault();
    if (!busy) void attempt(form, event.submitter);
  });

  async function attempt(sent: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
    busy = true;
    problems.replaceChildren();
    try {
      const proof = await fresh(sent, act, way);
      if (!proof) return;
      for (const [name, value] of Object.entries(proof)) set(sent, name, value);
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
