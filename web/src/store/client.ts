// The store as a page sees it: one class, a method for each request.
//
//     const store = new Store();
//     store.addEventListener("state", () => show(store.current));
//     await store.ask("unlock", { password });
//     const token = await store.ask("logIn", { id, nonce });
//
// A page that uses it needs no more than this in its Content-Security-Policy:
//
//     script-src 'self'; require-trusted-types-for 'script'; trusted-types chancery
//
// The worker's script is served with a policy of its own, `script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'`: there alone the module
// is compiled.
//
// The store locks itself when nothing was asked for a while, when any tab locks it, and when the page goes: its keys live in the
// worker, which goes with the page.

import { addresses } from "./addresses";
import { scriptAddress } from "../trusted";
import type { Problem, Progress, RequestName, Requests, StoreState, Told } from "./protocol";

/** What the worker says went wrong. */
export class StoreError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
    this.name = "StoreError";
  }
}

interface Waiting {
  resolve(gives: unknown): void;
  reject(error: StoreError): void;
  progress: Progress | undefined;
}

/** Fires `state` when the store's state changed, here or in another tab. One of them a page. */
export class Store extends EventTarget {
  #worker: Worker | undefined;
  #waiting = new Map<number, Waiting>();
  #last = 0;
  #problem: Problem | undefined;

  /** The state last heard of; none before the first answer. */
  current: StoreState | undefined;

  /** Whether this build has the store and this browser can run it; if not, `ask` fails with `unavailable` and the reason. */
  get isAvailable(): boolean {
    return this.#problem === undefined;
  }

  constructor() {
    super();
    const missing = lacking();
    if (missing !== undefined || addresses.worker === null) {
      this.#problem = { code: "unavailable", detail: missing ?? "this build has no module for browsers" };
      return;
    }
    const worker = new Worker(scriptAddress(addresses.worker), { type: "module", name: "chancery-store" });
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => this.#take(data));
    worker.addEventListener("error", () => this.#fail({ code: "unavailable", detail: "the worker could not be started" }));
    this.#worker = worker;
  }

  /** Asks for one thing; fails with a StoreError. Requests over large files tell how far they have come. */
  async ask<N extends RequestName>(name: N, takes: Requests[N]["takes"], progress?: Progress): Promise<Requests[N]["gives"]> {
    const gives = await this.#ask(name, takes, progress);
    // Browsers throw away what they were not asked to keep when the disk fills up; only a page may ask, and some ask the person.
    if (name === "activate") navigator.storage?.persist?.().catch(() => undefined);
    return gives;
  }

  #ask<N extends RequestName>(name: N, takes: Requests[N]["takes"], progress?: Progress): Promise<Requests[N]["gives"]> {
    return new Promise((resolve, reject) => {
      if (this.#problem !== undefined || !this.#worker) {
        reject(new StoreError(this.#problem ?? { code: "unavailable", detail: "closed" }));
        return;
      }
      this.#last += 1;
      this.#waiting.set(this.#last, { resolve: resolve as (gives: unknown) => void, reject, progress });
      this.#worker.postMessage({ number: this.#last, name, takes });
    });
  }

  /** Ends the worker and with it every key in memory. */
  close(): void {
    this.#fail({ code: "unavailable", detail: "closed" });
  }

  #take(told: Told): void {
    if ("state" in told) {
      this.current = told.state;
      this.dispatchEvent(new Event("state"));
      return;
    }
    const waiting = this.#waiting.get(told.number);
    if ("progress" in told) {
      waiting?.progress?.(told.progress.done, told.progress.total);
      return;
    }
    this.#waiting.delete(told.number);
    if ("problem" in told) waiting?.reject(new StoreError(told.problem));
    else waiting?.resolve(told.gives);
  }

  #fail(problem: Problem): void {
    this.#problem = problem;
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(new StoreError(problem));
    this.#waiting.clear();
  }
}

/** What this browser lacks. */
function lacking(): string | undefined {
  if (!globalThis.isSecureContext) return "not a secure context (HTTPS)";
  if (typeof Worker === "undefined") return "workers";
  if (typeof WebAssembly === "undefined") return "WebAssembly";
  if (typeof indexedDB === "undefined") return "IndexedDB";
  return undefined;
}
