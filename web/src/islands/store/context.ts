// What the parts of the store's page share.

import type { Store } from "../../store/client";
import { wordsOf } from "../../ui/dialog";

export interface Context {
  readonly store: Store;
  /** Words that a password must not consist of, such as the person's name. */
  readonly words: string[];
  /** Certificates, by SHA-256, that the server says are revoked. */
  readonly revoked?: ReadonlySet<string>;
  /** Says what came of an act, on top of the page. */
  say(kind: "success" | "info" | "warning", title: string, text?: string): void;
}

/** Does what a button is for; what goes wrong without a dialog to say it in is said on top of the page. */
export function attempt({ say }: Context, act: () => Promise<unknown>): void {
  act().catch((error: unknown) => say("warning", wordsOf(error)));
}
