// The module of crates/apps/browser: loaded, and called in messages (a text in JSON, and strings of octets behind it).

import { addresses } from "./addresses";
import { refuse } from "./problem";
import type { Problem } from "./protocol";

interface Exports {
  memory: WebAssembly.Memory;
  reserve(octets: number): number;
  call(): number;
  answered(): number;
  forget(): void;
}

/** What the module says of an operation: `Answer` of crates/apps/browser/src/module.rs. */
export type Answer =
  | ({ step: "need"; operation: number } & Need)
  | { step: "reads"; operation: number }
  | { step: "done"; result: unknown }
  | ({ step: "refused" } & Problem);

/** What it needs of WebCrypto. */
export type Need =
  | { need: "derive"; hash: string; rounds: number; octets: number; ofStore: boolean }
  | { need: "sign"; name: string; hash?: string; saltLength?: number }
  | { need: "decrypt"; name: "RSA-OAEP" | "RSAES-PKCS1-v1_5"; hash?: string }
  | { need: "agree"; curve: string }
  | { need: "again" }
  | { need: "content" };

export interface Answered {
  answer: Answer;
  parts: Uint8Array<ArrayBuffer>[];
}

let loading: Promise<Exports> | undefined;

/** Fetches the module once. Its name carries its hash, and the browser compares the one that stands here. */
function load(): Promise<Exports> {
  loading ??= instantiate().catch((error: unknown) => {
    loading = undefined;
    return refuse({ code: "unavailable", detail: `the module could not be loaded: ${String(error)}` });
  });
  return loading;
}

async function instantiate(): Promise<Exports> {
  if (addresses.module === null || addresses.integrity === null) throw new Error("this build has none");
  const response = fetch(addresses.module, { integrity: addresses.integrity, credentials: "same-origin" });
  const { instance } = await WebAssembly.instantiateStreaming(response);
  const exports = instance.exports as unknown as Exports;
  send(exports, { call: "seed" }, [crypto.getRandomValues(new Uint8Array(32))]);
  return exports;
}

/** Begins to load, so that the first request waits less. */
export function warmUp(): void {
  // Whoever asks for something is told what went wrong.
  load().catch(() => undefined);
}

/** One call. A trap ends the module, whose state cannot be trusted after it; the next call loads it anew. */
export async function call(text: object, parts: Uint8Array[]): Promise<Answered> {
  const exports = await load();
  try {
    return send(exports, text, parts);
  } catch (error) {
    loading = undefined;
    return refuse({ code: "internal", detail: `the module failed: ${String(error)}` });
  }
}

function send(exports: Exports, text: object, parts: Uint8Array[]): Answered {
  const all = [new TextEncoder().encode(JSON.stringify(text)), ...parts];
  const head = 4 + 4 * all.length;
  const at = exports.reserve(all.reduce((octets, part) => octets + part.length, head)) >>> 0;
  // Only now: reserving may move the memory.
  const lengths = new DataView(exports.memory.buffer, at, head);
  const room = new Uint8Array(exports.memory.buffer);
  lengths.setUint32(0, all.length, true);
  let to = at + head;
  all.forEach((part, index) => {
    lengths.setUint32(4 + 4 * index, part.length, true);
    room.set(part, to);
    to += part.length;
  });
  const from = exports.call() >>> 0;
  const answer = read(new Uint8Array(exports.memory.buffer, from, exports.answered() >>> 0));
  exports.forget();
  return answer;
}

function read(message: Uint8Array): Answered {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const count = view.getUint32(0, true);
  let from = 4 + 4 * count;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let index = 0; index < count; index += 1) {
    const length = view.getUint32(4 + 4 * index, true);
    // A copy: the module's memory is its own.
    parts.push(new Uint8Array(message.subarray(from, from + length)));
    from += length;
  }
  const [text, ...rest] = parts;
  return { answer: JSON.parse(new TextDecoder().decode(text)) as Answer, parts: rest };
}
