// What works without a store: keys with their requests, PKCS#12 files. Nothing of it stays, and nothing is sent.

import { PrivateKey, generate } from "./keys";
import { run } from "./operations";
import { refuse } from "./problem";
import type { CertificationRequest, ExportProfile, NewKey, RequestContent } from "./protocol";
import * as store from "./store";
import { base64, first, request } from "./use";

type Octets = Uint8Array<ArrayBuffer>;

export async function makeRequest(wanted: NewKey, content: RequestContent, password: string): Promise<{ request: CertificationRequest; key: string }> {
  const { kind, pkcs8, spki } = await generate(wanted);
  try {
    const key = await PrivateKey.import(kind, new Uint8Array(pkcs8));
    const asked = await request(key, spki, content);
    const { parts } = await run({ call: "writeKey" }, [new TextEncoder().encode(password), pkcs8], {});
    return { request: asked, key: toPem("ENCRYPTED PRIVATE KEY", first(parts)) };
  } finally {
    pkcs8.fill(0);
  }
}

export async function makeFile(key: Blob, keyPassword: string, certificates: Blob, profile: ExportProfile, filePassword: string): Promise<Blob> {
  const { form, der } = keyOf(await store.octetsOf(key));
  const parts = [der, new TextEncoder().encode(keyPassword), await store.octetsOf(certificates)];
  try {
    return await store.writeOnly(await store.identitiesOf({ call: "readKey", form }, parts, {}), profile, filePassword);
  } finally {
    der.fill(0);
  }
}

/** A PKCS#12 file in the other form. */
export async function convertFile(file: Blob, password: string, profile: ExportProfile, filePassword: string): Promise<Blob> {
  return store.writeOnly(await store.openAll(await store.octetsOf(file), password), profile, filePassword);
}

const FORMS: Record<string, string> = {
  "ENCRYPTED PRIVATE KEY": "encrypted",
  "PRIVATE KEY": "pkcs8",
  "RSA PRIVATE KEY": "pkcs1",
  "EC PRIVATE KEY": "sec1",
};

/** The private key of a PEM text; whatever else is in it, such as parameters of a curve, is read over. */
function keyOf(file: Octets): { form: string; der: Octets } {
  const text = new TextDecoder("latin1").decode(file);
  let found: string | null = null;
  for (const [, label = "", body = ""] of text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g)) {
    found ??= label;
    const form = FORMS[label];
    // OpenSSL's older encryption stands in header lines, which base64 has none of.
    if (form === undefined || !/^[A-Za-z0-9+/=\s]*$/.test(body)) continue;
    try {
      return { form, der: Uint8Array.from(atob(body.replaceAll(/\s/g, "")), (character) => character.charCodeAt(0)) };
    } catch {
      return refuse({ code: "damaged", detail: "base64" });
    }
  }
  return refuse({ code: "notKey", found });
}

function toPem(label: string, der: Octets): string {
  const lines = base64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
