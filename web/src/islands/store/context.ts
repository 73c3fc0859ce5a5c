// What the parts of the store's page share.

import { StoreError, type Store } from "../../store/client";
import type { Problem } from "../../store/protocol";
import { FieldProblem, wordsOf } from "../../ui/dialog";

export interface Context {
  readonly store: Store;
  /** Words that a password must not consist of, such as the person's name. */
  readonly words: string[];
  /** Certificates, by SHA-256, that the server says are revoked. */
  readonly revoked?: ReadonlySet<string>;
  /** Says what came of an act, on top of the page. */
  say(kind: "success" | "info" | "warning", title: string, text?: string): void;
}

/** Runs an act; a problem of which a field is to blame stands at that field. */
export async function blaming<T>(fields: Partial<Record<Problem["code"], string>>, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const field = error instanceof StoreError ? fields[error.problem.code] : undefined;
    throw field === undefined ? error : new FieldProblem(field, wordsOf(error));
  }
}

/** What can be wrong with the store's password. */
export const PASSWORD = { wrongPassword: "password", wait: "password" } as const;
/** What can be wrong with a new one. */
export const NEW_PASSWORD = { weakPassword: "new-password", unusablePassword: "new-password" } as const;

/** Does what a button is for; what goes wrong without a dialog to say it in is said on top of the page. */
export function attempt({ say }: Context, act: () => Promise<unknown>): void {
  act().catch((error: unknown) => say("warning", wordsOf(error)));
}
