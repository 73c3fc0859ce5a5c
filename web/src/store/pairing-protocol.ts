// Requests of the worker for pairing devices, and for the key that a paired device has of its own. Octets are base64url without padding.

import type { AuthenticationToken, CertificateView, Entry } from "./protocol";

export type Way = "own-key" | "copy";

/** What a device left when it read the code. */
export interface Peer {
  key: string;
  nonce: string;
  deviceKey: string;
  name: string;
}

/** What the server says of a pairing before a device joins. */
export interface Found {
  id: string;
  way: Way;
  account: string;
  environment: string;
  commitment: string;
}

/** A certificate as the server gives it to a device. */
export interface Issued {
  device: string;
  certificate: string;
  chain: string[];
}

/** This browser as a paired device. */
export interface DeviceView {
  device: string;
  certificate: CertificateView;
  account: string;
  environment: string;
}

export interface PairingRequests {
  /** Begins at the desktop; the code goes to the device by eye only. */
  pairOffer: { takes: { way: Way }; gives: { code: string; mailbox: string; commitment: string } };
  /** A device left its key: the digits to compare, and what opens the commitment. */
  pairMeet: { takes: { id: string; account: string; peer: Peer }; gives: { digits: string; opening: string } };
  /** Whether the device shows the same digits. */
  pairConfirmed: { takes: { confirmation: string }; gives: boolean };
  /** Seals a certificate with its key for that device alone; the store's password is typed for it. */
  pairSeal: { takes: { id: string; password: string }; gives: string };
  /** Begins at the device, with the code as it was read or typed. */
  pairRead: { takes: { code: string }; gives: { way: Way; mailbox: string; reader: string } };
  /** What the device leaves, once it was told all that it computes with: nobody can choose that afterwards. */
  pairAnswer: { takes: { found: Found; name: string }; gives: { key: string; nonce: string; deviceKey: string } };
  /** Checks the commitment: the digits to compare, and what tells the desktop that they are these. */
  pairCheck: { takes: { opening: string }; gives: { digits: string; confirmation: string } };
  /** The certification request of the device's own key, DER. */
  pairRequest: { takes: object; gives: string };
  /** Puts what was sealed into the store, which is unlocked. */
  pairOpen: { takes: { sealed: string }; gives: Entry[] };
  /** Keeps the certificate of the key that was paired or renewed. */
  deviceKeep: { takes: { issued: Issued; account: string; environment: string }; gives: DeviceView };
  /** This browser's own key and certificate, if it has them. */
  device: { takes: object; gives: DeviceView | null };
  /** What renews the certificate: the same until an answer was kept. */
  deviceRenewal: { takes: object; gives: { certificate: string; request: string; signature: string } };
  deviceForget: { takes: object; gives: null };
  /** The token for a nonce of the server's, by the device's own key. */
  deviceLogIn: { takes: { nonce: string }; gives: AuthenticationToken };
}

export type PairingProblem =
  /** `code`: no code of ours; `other`: what came is not what was announced; `order`: nothing of the kind is under way. */
  { code: "pairing"; reason: "code" | "other" | "order" } | { code: "noDevice" };
