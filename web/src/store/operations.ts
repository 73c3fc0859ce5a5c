// Runs the module's operations: answers what they need by WebCrypto until they are done.

import type { PrivateKey } from "./keys";
import { type Answer, type Answered, type Need, call } from "./module";
import { Refusal, refuse } from "./problem";
import type { Problem, Progress } from "./protocol";

type Octets = Uint8Array<ArrayBuffer>;

/** What an operation may have at hand. */
export interface Host {
  /** The store's password, as a key that derives and that nobody reads. */
  storeKey?: CryptoKey;
  /** The private key that signs, decrypts or agrees. */
  key?: () => Promise<PrivateKey>;
  /** RSAES-PKCS1-v1_5 by the module; none where the key refuses the cipher text. */
  unwrap?: (cipherText: Octets) => Promise<Octets | undefined>;
  /** What a detached signature belongs to, where it is at hand. */
  content?: Blob | null;
  /** Is told how far reading has come. */
  progress?: Progress;
}

export interface Done<R> {
  result: R;
  parts: Octets[];
}

/** What every guess at the store's password costs, in rounds of PBKDF2 (`ROUNDS` of chancery-pkcs12). */
export const ROUNDS = 600_000;

/** Octets of content that go to the module at once. */
const PIECE = 1 << 20;

/** An operation that has all it needs in its request. */
export async function run<R>(text: object, parts: Uint8Array[], host: Host): Promise<Done<R>> {
  return settle<R>(await call(text, parts), host, () => refuse({ code: "internal", detail: "content is wanted" }));
}

/** An operation over content; `take` gets what comes out on the way, which counts only once it is done. */
export async function runOver<R>(
  text: object,
  parts: Uint8Array[],
  content: Blob,
  host: Host,
  take: (piece: Octets, at: number) => void,
  again: () => void,
): Promise<Done<R>> {
  const begun = await call(text, parts);
  if (begun.answer.step === "refused") throw refusal(begun.answer);
  if (begun.answer.step !== "reads") return refuse({ code: "internal", detail: "no content is wanted" });
  const { operation } = begun.answer;
  let fed = content;
  try {
    for (;;) {
      for (let from = 0; from < fed.size; from += PIECE) {
        host.progress?.(from, fed.size);
        const piece = new Uint8Array(await fed.slice(from, from + PIECE).arrayBuffer());
        let answered = await call({ call: "feed", operation }, [piece]);
        while (answered.answer.step === "need") answered = await answer(answered, host);
        if (answered.answer.step === "refused") throw refusal(answered.answer);
        answered.parts.forEach(take);
      }
      let ended = await call({ call: "end", operation }, []);
      if (ended.answer.step === "need" && ended.answer.need === "content") {
        if (host.content) {
          fed = host.content;
          continue;
        }
        ended = await call({ call: "resume", operation }, []);
      }
      if (ended.answer.step === "need" && ended.answer.need === "again") {
        again();
        continue;
      }
      const done = await settle<R>(ended, host, take);
      done.parts.forEach(take);
      return done;
    }
  } catch (error) {
    await call({ call: "drop", operation }, []).catch(() => undefined);
    throw error;
  }
}

/** The module's refusal as the page hears of it. */
function refusal({ step: _, ...problem }: Extract<Answer, { step: "refused" }>): Refusal {
  return new Refusal(problem as Problem);
}

async function settle<R>(first: Answered, host: Host, take: (piece: Octets, at: number) => void): Promise<Done<R>> {
  let answered = first;
  for (;;) {
    const { answer: said, parts } = answered;
    switch (said.step) {
      case "done":
        return { result: said.result as R, parts };
      case "refused":
        throw refusal(said);
      case "reads":
        parts.forEach(take);
        return refuse({ code: "internal", detail: "more content is wanted" });
      case "need":
        try {
          answered = await answer(answered, host);
        } catch (error) {
          await call({ call: "drop", operation: said.operation }, []).catch(() => undefined);
          throw error;
        }
    }
  }
}

/** Answers one need. */
async function answer({ answer: said, parts }: Answered, host: Host): Promise<Answered> {
  if (said.step !== "need") return refuse({ code: "internal", detail: "nothing is needed" });
  const result = await fulfil(said, parts, host);
  const resumed = await call({ call: "resume", operation: said.operation }, result === undefined ? [] : [result]);
  if (said.need !== "sign") result?.fill(0);
  return resumed;
}

async function fulfil(need: Need, parts: Octets[], host: Host): Promise<Octets | undefined> {
  const [first = new Uint8Array(), second = new Uint8Array()] = parts;
  const key = (): Promise<PrivateKey> => (host.key ?? (() => refuse({ code: "internal", detail: "no key is at hand" })))();
  switch (need.need) {
    case "derive":
      return derive(need, parts, host);
    case "sign":
      return (await key()).sign(need, first);
    case "decrypt":
      if (need.name === "RSAES-PKCS1-v1_5") return host.unwrap?.(first);
      return (await key()).decryptOaep(need.hash ?? "SHA-1", first, second);
    case "agree":
      return (await key()).agree(need.curve, first);
    case "again":
    case "content":
      return refuse({ code: "internal", detail: "content is wanted again" });
  }
}

/** What was begun before it was asked for, by the operation's host and by salt: the browser derives on several cores at once. */
const ahead = new WeakMap<Host, Map<string, Promise<Octets>>>();

async function derive(
  { hash, rounds, octets, ofStore }: Extract<Need, { need: "derive" }>,
  [password = new Uint8Array(), salt = new Uint8Array(), ...next]: Octets[],
  host: Host,
): Promise<Octets> {
  // The store's own files have as many. One with fewer was put there to learn at little cost whether a guess is right.
  if (ofStore && rounds < ROUNDS) return refuse({ code: "altered" });
  const begun = ahead.get(host) ?? new Map<string, Promise<Octets>>();
  ahead.set(host, begun);
  const base = ofStore
    ? (host.storeKey ?? refuse({ code: "locked" }))
    : await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  password.fill(0);
  const begin = (salt: Octets): Promise<Octets> =>
    crypto.subtle
      .deriveBits({ name: "PBKDF2", hash, salt, iterations: rounds }, base, octets * 8)
      .then((bits) => new Uint8Array(bits));
  for (const one of next) begun.set(one.join(), begin(one));
  // Taken once: the same salt may be asked for again with the password in another form.
  const known = begun.get(salt.join());
  begun.delete(salt.join());
  return known ?? begin(salt);
}
