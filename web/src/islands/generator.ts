// Keys, requests and PKCS#12 files made in the browser: without an account, without the network, and nothing of it stays.

import { StoreError } from "../store/client";
import type { ExportProfile, NewKey, Requests } from "../store/protocol";
import { FieldProblem, blaming } from "../ui/dialog";
import { button, h } from "../ui/elements";
import { choiceField, fileField, passwordField, selectField, textField } from "../ui/fields";
import { keep, safeName, sizeOf } from "../ui/files";
import { alert } from "../ui/problem";
import { demand, parts, task } from "../ui/task";
import { available, store } from "../ui/unlock";
import { word } from "../words";

const KEYS: NewKey[] = ["ec:p256", "ec:p384", "rsa:2048", "rsa:3072", "rsa:4096"];
/** Readers of an address, as x509 reads it. */
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+$/;

export async function attach(root: HTMLElement): Promise<void> {
  if (!(await available(root))) return;
  const what = choiceField({
    name: "what",
    label: word("generator-what"),
    options: [
      { value: "request", text: word("generator-what-request"), hint: word("generator-what-request-hint") },
      { value: "file", text: word("generator-what-file"), hint: word("generator-what-file-hint") },
      { value: "convert", text: word("generator-what-convert"), hint: word("generator-what-convert-hint") },
    ],
  });
  root.replaceChildren(parts(what, { request: request(), file: together(), convert: convert() }));
}

/** A new password, typed twice. */
function newPassword(label: string, hint: string) {
  const first = passwordField({ name: "password", label, hint, autocomplete: "new-password", strength: store() });
  const second = passwordField({ name: "again", label: word("generator-again"), autocomplete: "new-password" });
  return {
    fields: [first, second],
    value: (): string => {
      if (first.value() === "") throw new FieldProblem("password", word("generator-password-missing"));
      if (first.value() !== second.value()) throw new FieldProblem("again", word("generator-again-differs"));
      return first.value();
    },
  };
}

function request(): HTMLElement {
  const name = textField({ name: "cn", label: word("generator-cn"), hint: word("generator-cn-hint"), autocomplete: "name" });
  const emails = textField({ name: "emails", label: word("generator-emails"), hint: word("generator-emails-hint"), autocomplete: "email", required: false });
  const organization = textField({ name: "o", label: word("generator-o"), autocomplete: "organization", required: false });
  const country = textField({ name: "c", label: word("generator-c"), hint: word("generator-c-hint"), required: false });
  const key = selectField({ name: "key", label: word("generator-key"), hint: word("generator-key-hint"), options: KEYS.map((value) => ({ value, text: word(`generator-key-${value.replace(":", "-")}`) })) });
  const password = newPassword(word("generator-key-password"), word("generator-key-password-hint"));
  return task({
    fields: [name, emails, organization, country, key, ...password.fields],
    submit: word("generator-request-submit"),
    run: async () => {
      const cn = demand(name, word("generator-cn-missing"));
      const addresses = emails.value().split(/[,;\s]+/).filter((one) => one !== "");
      if (!addresses.every((one) => ADDRESS.test(one))) throw new FieldProblem("emails", word("generator-emails-wrong"));
      const code = country.value().toUpperCase();
      if (code !== "" && !/^[A-Z]{2}$/.test(code)) throw new FieldProblem("c", word("generator-c-wrong"));
      const subject = [
        ...(code === "" ? [] : [{ kind: "C", value: code }]),
        ...(organization.value() === "" ? [] : [{ kind: "O", value: organization.value() }]),
        { kind: "CN", value: cn },
      ];
      const wanted = KEYS.find((one) => one === key.value()) ?? "ec:p256";
      const made = await store().ask("makeRequest", { key: wanted, content: { subject, emails: addresses }, password: password.value() });
      const stem = safeName(cn, "certificate").replaceAll(" ", "-");
      const text = h("textarea", { class: "form-control pem", rows: "10", readonly: true, "aria-label": word("generator-request-text") });
      text.value = made.request.pem;
      return [
        h("div", { role: "status" }, alert("success", word("generator-request-done"), word("generator-request-next"))),
        h(
          "div",
          { class: "form-actions" },
          keep(pem(made.key), `${stem}.key.pem`, word("generator-keep-key"), "btn-primary"),
          keep(pem(made.request.pem), `${stem}.csr.pem`, word("generator-keep-request"), ""),
        ),
        text,
        ...copying(text),
      ];
    },
  });
}

function pem(text: string): Blob {
  return new Blob([text], { type: "application/x-pem-file" });
}

/** Copies the text where the browser lets a page do that. */
function copying(text: HTMLTextAreaElement): Node[] {
  if (!navigator.clipboard) return [];
  const told = h("span", { role: "status" });
  const act = async (): Promise<void> => {
    await navigator.clipboard.writeText(text.value);
    told.textContent = ` ${word("copied")}`;
  };
  return [h("div", { class: "form-actions" }, button(word("copy"), () => void act(), { icon: "copy" }), told)];
}

function profile() {
  return choiceField({
    name: "profile",
    label: word("generator-profile"),
    options: [
      { value: "modern", text: word("generator-profile-modern"), hint: word("generator-profile-modern-hint") },
      { value: "legacy", text: word("generator-profile-legacy"), hint: word("generator-profile-legacy-hint") },
    ],
  });
}

function profileOf(value: string): ExportProfile {
  return value === "legacy" ? "legacy" : "modern";
}

function done(content: Blob, name: string): Node[] {
  return [
    h("div", { role: "status" }, alert("success", word("generator-file-done"), word("generator-file-next"))),
    h("div", { class: "form-actions" }, keep(content, name, word("files-keep", { name, size: sizeOf(content.size) }))),
  ];
}

function together(): HTMLElement {
  const key = fileField({ name: "key", label: word("generator-key-file"), hint: word("generator-key-file-hint"), accept: ".pem,.key,.txt" });
  const keyPassword = passwordField({ name: "keyPassword", label: word("generator-key-file-password"), hint: word("generator-key-file-password-hint"), autocomplete: "off" });
  const certificates = fileField({ name: "certificates", label: word("generator-certificates"), hint: word("generator-certificates-hint"), accept: ".cer,.crt,.der,.pem,.p7b,.p7c" });
  const form = profile();
  const password = newPassword(word("generator-file-password"), word("generator-file-password-hint"));
  return task({
    fields: [key, keyPassword, certificates, form, ...password.fields],
    submit: word("generator-file-submit"),
    run: async () => {
      const given = {
        key: demand(key, word("generator-key-file-missing")),
        keyPassword: keyPassword.value(),
        certificates: demand(certificates, word("generator-certificates-missing")),
        profile: profileOf(form.value()),
        filePassword: password.value(),
      };
      const content = await blaming({ notKey: "key", wrongPassword: "keyPassword", notCertificate: "certificates" }, () => makeFile(given));
      return done(content, `${safeName(given.certificates.name.replace(/\.[^.]*$/, ""), "certificate")}.p12`);
    },
  });
}

/** Two files were chosen, so that it is not the file that lacks the certificate. */
async function makeFile(given: Requests["makeFile"]["takes"]): Promise<Blob> {
  try {
    return await store().ask("makeFile", given);
  } catch (error) {
    if (error instanceof StoreError && error.problem.code === "noCertificate") throw new FieldProblem("certificates", word("generator-certificates-other"));
    throw error;
  }
}

function convert(): HTMLElement {
  const file = fileField({ name: "file", label: word("generator-convert-file"), accept: ".p12,.pfx" });
  const old = passwordField({ name: "old", label: word("generator-convert-password"), autocomplete: "off" });
  const form = profile();
  const password = newPassword(word("generator-file-password"), word("generator-file-password-hint"));
  return task({
    fields: [file, old, form, ...password.fields],
    submit: word("generator-convert-submit"),
    run: async () => {
      const given = demand(file, word("generator-convert-missing"));
      const wanted = { file: given, password: old.value(), profile: profileOf(form.value()), filePassword: password.value() };
      const content = await blaming({ notPkcs12: "file", noKey: "file", wrongPassword: "old" }, () => store().ask("convertFile", wanted));
      return done(content, `${safeName(given.name.replace(/\.[^.]*$/, ""), "certificate")}-${wanted.profile}.p12`);
    },
  });
}
