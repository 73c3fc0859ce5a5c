// What a page and the store's worker say to each other. Everything here can be cloned by postMessage; passwords go to the worker
// only, keys never come out of it. Times are seconds since 1970-01-01T00:00:00Z unless a name ends in Ms.

import type { PairingProblem, PairingRequests } from "./pairing-protocol";

/** Where the store stands. */
export interface StoreState {
  /** `inactive`: there is none; `locked`: its password is wanted before a key can be used; `unlocked`. */
  status: "inactive" | "locked" | "unlocked";
  /** How many certificates it holds. */
  certificates: number;
  /** How many keys wait for the certificate that was asked for. */
  pending: number;
  /** Minutes without a request after which it locks itself. */
  idleMinutes: number;
  /** When it will, by `Date.now()`; none while it is not unlocked. */
  locksAtMs: number | null;
  /** When the next password will be looked at, by `Date.now()`; none where it would be at once. */
  waitUntilMs: number | null;
}

/** A key as WebCrypto imports it. */
export type KeyKind =
  | { kind: "rsa"; bits: number; pss: boolean }
  | { kind: "ec"; curve: "P-256" | "P-384" | "P-521" }
  | { kind: "ed25519" }
  | { kind: "x25519" };

/** What a list shows of a certificate. */
export interface CertificateView {
  /** SHA-256 of the certificate, hexadecimal: the name under which the store keeps it. */
  id: string;
  /** SHA-256 of its public key, hexadecimal. */
  keyId: string;
  /** Distinguished names as RFC 4514 writes them. */
  subject: string;
  commonName: string | null;
  organization: string | null;
  emails: string[];
  issuer: string;
  /** What people call the authority: its common name, else its organisation. */
  authority: string;
  /** Hexadecimal. */
  serial: string;
  notBefore: number;
  notAfter: number;
  /** None for keys that browsers cannot use. */
  key: KeyKind | null;
  /** The key in words, `RSA 3072`. */
  keyName: string;
  /** Whether keyUsage lets the key sign data and log in. */
  signs: boolean;
  /** Whether it lets messages be encrypted to the key. */
  decrypts: boolean;
  /** The purposes of extendedKeyUsage, `emailProtection` and so on, or object identifiers; none where any will do. */
  purposes: string[] | null;
  isAuthority: boolean;
}

/** By this machine's clock; whether it was revoked only the server can say. `expiring`: in 30 days or less. */
export type Validity = "valid" | "expiring" | "expired" | "notYetValid";

/** A certificate of the store. */
export interface Entry extends CertificateView {
  validity: Validity;
  isPrimary: boolean;
  /** The name that its file gave it. */
  friendlyName: string | null;
  importedAt: number;
  /** How many issuers lie beside it. */
  chain: number;
}

/** One value of one field; the ids are those of `chancery_x509::view`. */
export interface Field {
  id: string;
  value: string;
  raw?: string;
}

/** A certificate with all that is in it. */
export interface Details {
  entry: Entry;
  fields: Field[];
  /** DER. */
  certificate: Uint8Array<ArrayBuffer>;
  /** DER, the issuer first. */
  chain: Uint8Array<ArrayBuffer>[];
}

/** How strong a password is. */
export interface Strength {
  /** zxcvbn's estimate: 0 (guessed at once) to 4. New passwords need 3. */
  score: 0 | 1 | 2 | 3 | 4;
  isEnough: boolean;
  /** The binary logarithm of the guesses. */
  bits: number;
  /** What is wrong, as zxcvbn's key (`common`, `dates`, `sequences`, …), or `tooShort`; none if nothing in particular. */
  warning: string | null;
  /** What would help, as zxcvbn's keys (`anotherWord`, `longerKeyboardPattern`, …). */
  suggestions: string[];
}

/** A key that is made here: for new certificates. */
export type NewKey = "ec:p256" | "ec:p384" | "rsa:2048" | "rsa:3072" | "rsa:4096";

/** What a certificate is asked for. */
export interface RequestContent {
  /** Attributes in their order: `CN`, `O`, …, any name of the standards, or an object identifier. */
  subject: { kind: string; value: string }[];
  /** Addresses for subjectAltName. */
  emails: string[];
}

/** A certification request, PKCS#10. */
export interface CertificationRequest {
  der: Uint8Array<ArrayBuffer>;
  pem: string;
}

/** A key that waits for its certificate. */
export interface PendingKey {
  id: string;
  /** SHA-256 of the public key, hexadecimal. */
  keyId: string;
  /** What whoever had it made calls that, such as the id of an order; none where nothing was said. */
  purpose: string | null;
  request: CertificationRequest;
  keyName: NewKey;
  madeAt: number;
}

/** The authentication token of Web eID 1.0, as it is sent to the server. */
export interface AuthenticationToken {
  /** Base64 of the certificate, DER. */
  unverifiedCertificate: string;
  /** A name of RFC 7518: `ES256`, `ES384`, `ES512`, `RS256`, `PS256`. */
  algorithm: string;
  /** Base64 of the signature over hash(origin) || hash(nonce); ECDSA's as RFC 7518 section 3.4 has it, both numbers end to end. */
  signature: string;
  format: "web-eid:1.0";
  appVersion: string;
}

/** What was in an encrypted message. */
export interface Decrypted {
  content: Blob;
  /** Object identifier; `1.2.840.113549.1.7.1` for plain data. */
  contentType: string;
  cipher: string;
  /** Whether an alteration would have been noticed. If not, and if no signature inside says otherwise, anybody may have changed it. */
  authenticated: boolean;
  /** Whose key opened it. */
  id: string;
}

/** How far an operation over a file has come, in octets. */
export type Progress = (done: number, total: number) => void;

/** Header fields of a message that is made. Empty ones are left out. */
export interface MailFields {
  from: string;
  to: string;
  subject: string;
}

/** Header fields of a message as they came; none where it has none. */
export interface MessageHeader {
  from: string | null;
  to: string | null;
  subject: string | null;
  date: string | null;
}

/** What is wrong with a signature: `code` is worded, `detail` is English and for whoever looks into it. */
export interface Fault {
  code:
    | "noCertificate" | "altered" | "contentMissing" | "signature" | "weak" | "unsupported" | "otherCertificate" | "tooMuch" | "malformed";
  detail: string;
}

/** Whether a certificate leads to an authority that the page was given. */
export type Path =
  | { valid: true; at: number; path: string[]; anchor: string }
  | {
      valid: false;
      at: number;
      /** The names of `chancery_path::Finding`: `untrusted`, `expired` and so on. */
      finding: string | null;
      failures: { finding: string; certificate: string | null; detail: string; clause: string }[];
    };

/** One signature by itself. */
export interface SignatureReport {
  /** Nothing is wrong with the signature; whose it is says the path. */
  right: boolean;
  faults: Fault[];
  /** How the signer names its certificate, where none was found. */
  identifier: string;
  certificate: CertificateView | null;
  fields: Field[] | null;
  digest: string;
  algorithm: string;
  /** The signer's own claim. */
  claimedAt: number | null;
  /** Whether the signature names its certificate, as CAdES-BES asks. */
  bound: boolean;
  attributes: boolean;
}

export type TimeStampReport = { problem: string } | (SignatureReport & { at: number; path: Path | null });

export interface SignerReport extends SignatureReport {
  path: Path | null;
  /** The same at the time of a time-stamp that counts, where the path is not valid now. */
  pathAtTimeStamp: Path | null;
  /** Whether the certificate is made out to whom the message says that it is from; none where it is no message. */
  sender: "from" | "sender" | "other" | "unknown" | null;
  timeStamps: TimeStampReport[];
  counterSignatures: SignatureReport[];
}

/** What is found about a signed structure. */
export interface Verified {
  contentType: string;
  detached: boolean;
  octets: number | null;
  certificates: number;
  unreadableCertificates: number;
  /** Without any, nothing is signed. */
  signers: SignerReport[];
  /** Of a message: whom it says that it is from, and its fields that were signed with it (RFC 9788). */
  mail: { from: string[]; protected: { name: string; value: string; outside: string[]; agrees: boolean }[] | null } | null;
}

export type Layer =
  | { kind: "signed"; verified: Verified }
  | { kind: "compressed" }
  | { kind: "encrypted"; cipher: string; authenticated: boolean; id: string };

/** A file or message, layer by layer from outside. */
export interface ReadMessage {
  layers: Layer[];
  header: MessageHeader | null;
  /**
   * Where it ends: at content; at a message without S/MIME (`plain`); at a structure that carries certificates alone; because what a detached
   * signature belongs to was not given; or at a layer that is not taken off: one that is encrypted; one that is compressed so that too much would come
   * out, damaged, or in a way that is not known; or something else.
   */
  ended: "content" | "plain" | "certificates" | "contentMissing" | "encrypted" | "compressedTooLarge" | "compressedDamaged" | "compressedOther" | "otherStructure";
  /** What is inside the innermost layer; none where it was not reached. */
  content: Blob | null;
}

/** The forms in which files are written for other programs. */
export type ExportProfile = "modern" | "legacy";

/** Each request by its name: what it takes and what it gives. */
export interface Requests extends PairingRequests {
  state: { takes: object; gives: StoreState };
  /** How strong a password is; `words` are those that count as guessed at once, such as the person's name. */
  strength: { takes: { password: string; words: string[] }; gives: Strength };
  /** Makes an empty store under this password and unlocks it. */
  activate: { takes: { password: string; words: string[] }; gives: StoreState };
  unlock: { takes: { password: string }; gives: StoreState };
  lock: { takes: object; gives: StoreState };
  /** 1 to 120 minutes. */
  setIdle: { takes: { minutes: number }; gives: StoreState };
  /** Takes a `.p12` or `.pfx`. A certificate that is there already is replaced. */
  import: { takes: { file: Blob; password: string }; gives: { imported: Entry[]; keysSkipped: number } };
  list: { takes: object; gives: Entry[] };
  details: { takes: { id: string }; gives: Details };
  setPrimary: { takes: { id: string }; gives: Entry[] };
  remove: { takes: { id: string }; gives: Entry[] };
  /** Writes a backup. `password` is the store's, typed for this; `filePassword` is the file's. */
  export: { takes: { id: string; password: string; profile: ExportProfile; filePassword: string }; gives: Blob };
  changePassword: { takes: { password: string; newPassword: string; words: string[] }; gives: StoreState };
  /** Deletes everything; asks for the password. */
  deactivate: { takes: { password: string }; gives: StoreState };
  /** Deletes everything without it, for those who forgot it. */
  reset: { takes: object; gives: StoreState };
  /** A CMS signature (CAdES-BES), DER; beside the content (`.p7s`) or around it (`.p7m`). */
  sign: { takes: { id: string; content: Blob; detached: boolean }; gives: Blob };
  /** A text as a signed message for mail programs (`.eml`, multipart/signed), its header fields signed with it. */
  signMail: { takes: { id: string; text: string; fields: MailFields }; gives: Blob };
  /**
   * Takes a file or message apart and judges its signatures: DER, PEM, base64 or MIME. Trust anchors and further certificates are DER. The store
   * is wanted only where `decrypts` asks for its keys.
   */
  read: {
    takes: { file: Blob; content: Blob | null; anchors: Uint8Array<ArrayBuffer>[]; certificates: Uint8Array<ArrayBuffer>[]; decrypts: boolean };
    gives: ReadMessage;
  };
  /** The token for a nonce of the server's; the origin is the worker's own. */
  logIn: { takes: { id: string; nonce: string }; gives: AuthenticationToken };
  /** Decrypts a CMS message (`.p7m`, DER) with this certificate's key, or with whichever it is for. */
  decrypt: { takes: { message: Blob; id: string | null }; gives: Decrypted };
  /** Makes a key in the store and asks for a certificate of it. */
  createKey: { takes: { key: NewKey; content: RequestContent; purpose?: string }; gives: PendingKey };
  pendingKeys: { takes: object; gives: PendingKey[] };
  dropPendingKey: { takes: { id: string }; gives: StoreState };
  /** Puts the certificate that was issued beside its key: PEM, DER or PKCS#7, its issuers too where they are in the file. */
  installCertificate: { takes: { file: Blob }; gives: Entry };
  /** Without a store: a key and its request. The key leaves as PEM (`ENCRYPTED PRIVATE KEY`) under the password; nothing stays. */
  makeRequest: { takes: { key: NewKey; content: RequestContent; password: string }; gives: { request: CertificationRequest; key: string } };
  /** Without a store: a PKCS#12 file of a key (PEM: PKCS#8, encrypted or not, PKCS#1, SEC 1) and a file with its certificate and issuers. */
  makeFile: {
    takes: { key: Blob; keyPassword: string; certificates: Blob; profile: ExportProfile; filePassword: string };
    gives: Blob;
  };
  /** Without a store: a PKCS#12 file in the other form. */
  convertFile: { takes: { file: Blob; password: string; profile: ExportProfile; filePassword: string }; gives: Blob };
}

export type RequestName = keyof Requests;

/** Why something was not done: a code with values, which the page words. Those of the module are in crates/apps/browser/src/refusal.rs. */
export type Problem =
  | PairingProblem
  // The store's
  | { code: "unavailable"; detail: string }
  | { code: "internal"; detail: string }
  | { code: "inactive" }
  | { code: "alreadyActive" }
  | { code: "locked" }
  | { code: "wait"; untilMs: number }
  | { code: "weakPassword"; strength: Strength }
  | { code: "unknownCertificate" }
  | { code: "tooLarge"; octets: number; limit: number }
  | { code: "noStorage"; detail: string }
  | { code: "unusableKey"; kind: string }
  | { code: "noPendingKey" }
  | { code: "badValue"; what: string }
  | { code: "notKey"; found: string | null }
  // The module's
  | { code: "wrongPassword" }
  | { code: "unusablePassword"; reason: "empty" | "control" | "tooLong" }
  | { code: "notPkcs12"; found: "text" | "javaKeyStore" | "otherStructure" | "empty" | "unknown" }
  | { code: "altered" }
  | { code: "unsupported"; name: string }
  | { code: "damaged"; detail: string }
  | { code: "tooMuch"; detail: string }
  | { code: "noKey" }
  | { code: "noCertificate" }
  | { code: "unsupportedKey"; kind: string }
  | { code: "notCertificate"; detail: string }
  | { code: "name"; detail: string }
  | { code: "wrongSignature" }
  | { code: "notSigned"; detail: string }
  | { code: "notMessage"; detail: string }
  | { code: "notSignedData"; kind: string }
  | { code: "notUtf8" }
  | { code: "notEncrypted"; detail: string }
  | { code: "otherRecipients"; recipients: number }
  | { code: "notDecrypted" }
  | { code: "noRandomness" | "protocol" | "notAsked" | "tooMany" };

/** From the page to the worker. */
export interface Asked<N extends RequestName = RequestName> {
  number: number;
  name: N;
  takes: Requests[N]["takes"];
}

/** From the worker to the page. */
export type Told =
  | { number: number; gives: unknown }
  | { number: number; problem: Problem }
  | { number: number; progress: { done: number; total: number } }
  /** The store's state changed, here or in another tab. */
  | { state: StoreState };
