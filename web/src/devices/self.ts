// This browser as a paired device: renews its certificate when it is time, and logs in.

import type { DeviceView } from "../store/pairing-protocol";
import { store } from "../ui/unlock";
import { formTo, type Issued, Refused, send, tell } from "./wire";

/** Half of its life: an answer that gets lost, or a week away, does no harm. */
function isDue({ certificate: { notBefore, notAfter } }: DeviceView, now: number): boolean {
  return now >= notBefore + (notAfter - notBefore) / 2;
}

export interface Kept {
  device: DeviceView;
  /** Whether its certificate was renewed just now. */
  renewed: boolean;
  /** Why it was not, where it should have been. */
  refused: Refused | null;
}

/** The device that this browser is, renewed if it is time; null where it is none. */
export async function keepDevice(): Promise<Kept | null> {
  const device = await store().ask("device", {});
  if (!device) return null;
  if (!isDue(device, Date.now() / 1_000)) return { device, renewed: false, refused: null };
  try {
    const issued = await tell<Issued>("/devices/api/renew", await store().ask("deviceRenewal", {}));
    const { account, environment } = device;
    return { device: await store().ask("deviceKeep", { issued, account, environment }), renewed: true, refused: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { device, renewed: false, refused: error };
  }
}

/** Logs in with this device's key, as a form of this page: the answer is a page. */
export async function logIn(): Promise<void> {
  const { nonce } = await send<{ nonce: string }>("/login/certificate/challenge");
  const token = await store().ask("deviceLogIn", { nonce });
  formTo("/login/certificate", { token: JSON.stringify(token), nonce, next: "" }).submit();
}

/** Refusals after which only a new pairing helps. */
export function isOver({ problem }: Refused): boolean {
  return ["revoked", "late", "superseded", "proof"].includes(problem);
}
