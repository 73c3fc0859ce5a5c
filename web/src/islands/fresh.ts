// What a session has to show before a sensitive act: a fresh signature, where a certificate opened it; the password, where that is long ago.

import { FieldProblem, openDialog } from "../ui/dialog";
import { h } from "../ui/elements";
import { type Field, passwordField, textField } from "../ui/fields";
import { state } from "../ui/unlock";
import { word } from "../words";
import { ask, ProofError, prove } from "./proof";

/**
 * Asks for what the session has to show for `act`; the form gives the token of the page. What goes along with the act's own form is the
 * answer, nothing where nothing is needed or the server has to ask itself. Null: the person changed their mind.
 */
export async function fresh(form: HTMLFormElement, act: string, way: string | undefined): Promise<Record<string, string> | null> {
  if (way === "password") return (await byPassword(form, act)) ? {} : null;
  // Without a certificate here, or where there can be none, the server says what else there is.
  const { status, certificates } = await state().catch(() => ({ status: "inactive", certificates: 0 }));
  if (status === "inactive" || certificates === 0) return {};
  const asked = { address: "/confirm/challenge", why: word("proof-confirm-why"), submit: word("proof-confirm"), values: { act } };
  const proof = await prove(form, asked);
  return proof && { "confirm-token": proof.token, "confirm-nonce": proof.nonce };
}

async function byPassword(form: HTMLFormElement, act: string): Promise<boolean> {
  const wanted = await ask(form, "/confirm/challenge", { act });
  if (wanted.body.way !== "password") return true;
  const password = passwordField({ name: "confirm-password", label: word("proof-password"), autocomplete: "current-password" });
  const code = textField({ name: "confirm-code", label: word("proof-code"), hint: word("proof-code-hint"), autocomplete: "one-time-code" });
  const fields: Field[] = wanted.body.code === true ? [password, code] : [password];
  const done = await openDialog({
    title: word("proof-password-title"),
    body: [h("p", {}, word("proof-password-why")), ...fields.map(({ root }) => root)],
    fields,
    submit: word("proof-password-submit"),
    run: async () => {
      const values = Object.fromEntries(fields.map((field) => [field.name, field.value()]));
      const { ok, body } = await ask(form, "/confirm/password", { act, ...values }).catch((error: unknown) => {
        throw error instanceof ProofError ? new FieldProblem(password.name, error.message) : error;
      });
      if (ok) return true;
      if (typeof body.field === "string" && typeof body.text === "string") throw new FieldProblem(body.field, body.text);
      throw new FieldProblem(password.name, word("proof-stale"));
    },
  });
  return done === true;
}
