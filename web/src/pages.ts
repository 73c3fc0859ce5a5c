// What pages with a part that only runs in the browser have in common: each such part is an element `data-island="NAME"`, and this finds
// who brings it to life. Bare pages take the store from here.

import { confirm } from "./islands/confirm";
import { devicePair } from "./islands/device-pair";
import { devices } from "./islands/devices";
import { certificateStore } from "./islands/key/certificate";
import { keyChoice } from "./islands/key/choice";
import { collect } from "./islands/key/collect";
import { issue } from "./islands/key/issue";
import { orderKey } from "./islands/key/order";
import { logIn } from "./islands/log-in";
import { enrolment, possession } from "./islands/possession";
import { attach as store } from "./islands/store";

export { Store, StoreError } from "./store/client";

import { attach as decrypt } from "./islands/decrypt";
import { attach as generator } from "./islands/generator";
import { attach as offline } from "./islands/offline";
import { attach as sign } from "./islands/sign";
import { signing } from "./islands/signing";
import { attach as verify } from "./islands/verify";
import { begin } from "./offline";

type Island = (root: HTMLElement) => void | Promise<void>;

const islands: Record<string, Island> = {
  "activation-key": keyChoice,
  "activation-issue": issue,
  "certificate-store": certificateStore,
  "device-pair": devicePair,
  devices,
  enrolment,
  confirm,
  "log-in": logIn,
  "order-key": orderKey,
  possession,
  collect,
  decrypt,
  generator,
  offline,
  sign,
  signing,
  store,
  verify,
};

for (const root of document.querySelectorAll<HTMLElement>("[data-island]")) {
  void islands[root.dataset.island ?? ""]?.(root);
}
void begin();
