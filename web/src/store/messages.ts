// Files and messages that are signed or encrypted: taken apart layer by layer. Nothing of them leaves the worker but to the page.

import { Collected } from "./collected";
import { inflate } from "./inflate";
import { run, runOver } from "./operations";
import { Refusal } from "./problem";
import type { Layer, MailFields, MessageHeader, Progress, ReadMessage, Verified } from "./protocol";
import * as store from "./store";
import { bounded, decrypt, first } from "./use";

type Octets = Uint8Array<ArrayBuffer>;

/** Layers that are taken off: triple wrapping has three. */
const MAX_LAYERS = 8;
/** Octets that may come out of compressed layers, all together. */
const MAX_INFLATED = 2 ** 30;
const HEAD = 64 << 10;

/** A text as a message with a detached signature, for mail programs (`.eml`). */
export async function signMail(id: string, text: string, fields: MailFields): Promise<Blob> {
  const { record, host } = await store.useKey(id);
  const now = new Date();
  // RFC 5322 section 3.3; the name GMT is obsolete there.
  const date = now.toUTCString().replace("GMT", "+0000");
  const asked = { call: "signMail", signingTime: Math.floor(now.getTime() / 1_000), ...fields, date };
  const { parts } = await run(asked, [new TextEncoder().encode(text), record.certificate, ...record.chain], host);
  return new Blob([first(parts)], { type: "message/rfc822" });
}

interface Unpacked extends MessageHeader {
  form: "der" | "pem" | "base64" | "mime";
  structure: string | null;
  clear: boolean;
}

async function unpack(file: Blob, progress: Progress): Promise<Unpacked & { signed: Blob; cms: Blob; head: Octets }> {
  const [signed, cms, heads] = [new Collected(), new Collected(), new Collected()];
  const places = [signed, cms, heads];
  const take = (piece: Octets, at: number): void => places[at]?.add(piece);
  const { result } = await runOver<Unpacked>({ call: "unpack" }, [], file, { progress }, take, () => undefined);
  const head = new Uint8Array(await heads.blob().arrayBuffer());
  return { ...result, signed: signed.blob(), cms: cms.blob(), head };
}

/** Whether what was inside a layer is another layer. */
async function isLayer(entity: Blob): Promise<boolean> {
  const start = new Uint8Array(await entity.slice(0, HEAD).arrayBuffer());
  if (start[0] === 0x30 && (start[1] ?? 0) >= 0x80) return true;
  const [head = ""] = new TextDecoder("latin1").decode(start).split(/\r?\n\r?\n/, 1);
  return /^content-type:\s*(multipart\/signed|application\/(x-)?pkcs7-mime)/im.test(head);
}

export interface Reading {
  file: Blob;
  /** What a detached signature belongs to. */
  content: Blob | null;
  anchors: Octets[];
  certificates: Octets[];
  /** Whether the store's keys open what is encrypted; else reading ends there. */
  decrypts: boolean;
}

/** Takes off one layer after the other, as far as that goes. */
export async function read({ file, content, anchors, certificates, decrypts }: Reading, progress: Progress): Promise<ReadMessage> {
  bounded(file);
  if (content) bounded(content);
  const layers: Layer[] = [];
  let room = MAX_INFLATED;
  let header: MessageHeader | null = null;
  let head: Octets = new Uint8Array();
  let entity = file;
  const ends = (ended: ReadMessage["ended"], inside: Blob | null = null): ReadMessage => ({ layers, header, ended, content: inside });
  while (layers.length < MAX_LAYERS) {
    let unpacked;
    try {
      unpacked = await unpack(entity, progress);
    } catch (error) {
      // What was inside may be anything; only the file itself must be a message.
      if (layers.length > 0 && error instanceof Refusal && error.problem.code === "notMessage") return ends("content", entity);
      throw error;
    }
    if (layers.length === 0 && unpacked.head.length > 0) {
      const { from, to, subject, date } = unpacked;
      [header, head] = [{ from, to, subject, date }, unpacked.head];
    }
    switch (unpacked.structure) {
      case "signed": {
        const outside = unpacked.clear ? unpacked.signed : content;
        const { verified, inside } = await verify(unpacked.cms, outside, head, anchors, certificates, progress);
        layers.push({ kind: "signed", verified });
        if (verified.signers.length === 0 && inside.size === 0) return ends("certificates");
        if (verified.detached && !outside) return ends("contentMissing");
        entity = verified.detached && outside ? outside : inside;
        break;
      }
      case "enveloped":
      case "authEnveloped": {
        if (!decrypts) return ends("encrypted");
        const opened = await decrypt(unpacked.cms, null, progress);
        layers.push({ kind: "encrypted", cipher: opened.cipher, authenticated: opened.authenticated, id: opened.id });
        entity = opened.content;
        break;
      }
      case "compressed": {
        const inflated = await inflate(unpacked.cms, room, progress);
        if (!(inflated instanceof Blob)) return ends(inflated);
        layers.push({ kind: "compressed" });
        room -= inflated.size;
        entity = inflated;
        break;
      }
      case null:
        return ends("plain", entity);
      default:
        return ends("otherStructure");
    }
    if (!(await isLayer(entity))) return ends("content", entity);
  }
  return ends("content", entity);
}

async function verify(
  cms: Blob,
  outside: Blob | null,
  head: Octets,
  anchors: Octets[],
  certificates: Octets[],
  progress: Progress,
): Promise<{ verified: Verified; inside: Blob }> {
  const inside = new Collected();
  const text = { call: "verify", at: Math.floor(Date.now() / 1_000), anchors: anchors.length };
  const host = { progress, content: outside };
  const take = (piece: Octets): void => inside.add(piece);
  const { result } = await runOver<Verified>(text, [head, ...anchors, ...certificates], cms, host, take, () => inside.clear());
  return { verified: result, inside: inside.blob() };
}
