// Private keys as WebCrypto holds them: not extractable, one for each algorithm that they serve.

import { refuse } from "./problem";
import type { KeyKind, NewKey } from "./protocol";

const HASHES = ["SHA-256", "SHA-384", "SHA-512"];

/** A key of the store in use. */
export class PrivateKey {
  private constructor(
    private readonly kind: KeyKind,
    private readonly keys: Map<string, CryptoKey>,
  ) {}

  /** Takes a PKCS#8 key and wipes it. One whose numbers are no key is refused here, or by the browser at its first use. */
  static async import(kind: KeyKind, pkcs8: Uint8Array<ArrayBuffer>): Promise<PrivateKey> {
    const keys = new Map<string, CryptoKey>();
    const take = async (name: string, algorithm: object, use: KeyUsage): Promise<void> => {
      keys.set(name, await crypto.subtle.importKey("pkcs8", pkcs8, algorithm as AlgorithmIdentifier, false, [use]));
    };
    try {
      await Promise.all(uses(kind).map(([name, algorithm, use]) => take(name, algorithm, use)));
    } catch (error) {
      const unknown = error instanceof DOMException && error.name === "NotSupportedError";
      return refuse(
        unknown ? { code: "unusableKey", kind: kind.kind } : { code: "damaged", detail: `the private key: ${String(error)}` },
      );
    } finally {
      pkcs8.fill(0);
    }
    return new PrivateKey(kind, keys);
  }

  /** The key of a paired device, which the browser made and keeps. */
  static ofDevice(key: CryptoKey): PrivateKey {
    return new PrivateKey({ kind: "ec", curve: "P-256" }, new Map([[label("ECDSA"), key]]));
  }

  async sign(scheme: { name: string; hash?: string; saltLength?: number }, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const key = this.of(scheme.name, scheme.name === "ECDSA" ? undefined : scheme.hash);
    const { name, hash, saltLength } = scheme;
    return new Uint8Array(await crypto.subtle.sign({ name, hash, saltLength } as AlgorithmIdentifier, key, message));
  }

  /** None where the key refuses the cipher text. */
  async decryptOaep(hash: string, cipherText: Uint8Array<ArrayBuffer>, label: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const key = this.of("RSA-OAEP", hash);
    try {
      return new Uint8Array(await crypto.subtle.decrypt({ name: "RSA-OAEP", label }, key, cipherText));
    } catch {
      return undefined;
    }
  }

  /** None where the peer's key is refused. */
  async agree(curve: string, peer: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const name = curve === "X25519" ? "X25519" : "ECDH";
    const algorithm = name === "ECDH" ? { name, namedCurve: curve } : { name };
    const key = this.of(name);
    try {
      const publicKey = await crypto.subtle.importKey("spki", peer, algorithm, false, []);
      // P-521's 521 bits in whole octets.
      const bits = { "P-256": 256, "P-384": 384, "P-521": 528, X25519: 256 }[curve] ?? 256;
      return new Uint8Array(await crypto.subtle.deriveBits({ name, public: publicKey }, key, bits));
    } catch {
      return undefined;
    }
  }

  private of(name: string, hash?: string): CryptoKey {
    return this.keys.get(label(name, hash)) ?? refuse({ code: "unsupported", name: `${label(name, hash)} with a key ${this.kind.kind}` });
  }
}

function label(name: string, hash?: string): string {
  return hash === undefined ? name : `${name} ${hash}`;
}

/** What a kind of key serves: a name to find it by, the algorithm of WebCrypto, the use. */
function uses(kind: KeyKind): [string, object, KeyUsage][] {
  switch (kind.kind) {
    case "rsa": {
      const with_ = (name: string, use: KeyUsage, hashes: string[]): [string, object, KeyUsage][] =>
        hashes.map((hash) => [label(name, hash), { name, hash }, use]);
      const pss = with_("RSA-PSS", "sign", HASHES);
      if (kind.pss) return pss;
      return [...with_("RSASSA-PKCS1-v1_5", "sign", HASHES), ...pss, ...with_("RSA-OAEP", "decrypt", ["SHA-1", ...HASHES])];
    }
    case "ec":
      return [
        ["ECDSA", { name: "ECDSA", namedCurve: kind.curve }, "sign"],
        ["ECDH", { name: "ECDH", namedCurve: kind.curve }, "deriveBits"],
      ];
    case "ed25519":
      return [["Ed25519", { name: "Ed25519" }, "sign"]];
    case "x25519":
      return [["X25519", { name: "X25519" }, "deriveBits"]];
  }
}

const NEW: Record<NewKey, { kind: KeyKind; algorithm: object }> = {
  "ec:p256": { kind: { kind: "ec", curve: "P-256" }, algorithm: { name: "ECDSA", namedCurve: "P-256" } },
  "ec:p384": { kind: { kind: "ec", curve: "P-384" }, algorithm: { name: "ECDSA", namedCurve: "P-384" } },
  "rsa:2048": rsa(2048),
  "rsa:3072": rsa(3072),
  "rsa:4096": rsa(4096),
};

function rsa(bits: number): { kind: KeyKind; algorithm: object } {
  const publicExponent = new Uint8Array([1, 0, 1]);
  return {
    kind: { kind: "rsa", bits, pss: false },
    algorithm: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: bits, publicExponent },
  };
}

/** A new key, which leaves WebCrypto once, for its file. */
export async function generate(wanted: NewKey): Promise<{ kind: KeyKind; pkcs8: Uint8Array<ArrayBuffer>; spki: Uint8Array<ArrayBuffer> }> {
  const { kind, algorithm } = NEW[wanted] ?? refuse({ code: "badValue", what: "key" });
  const pair = (await crypto.subtle.generateKey(algorithm as RsaHashedKeyGenParams, true, ["sign", "verify"])) as CryptoKeyPair;
  const [pkcs8, spki] = await Promise.all([
    crypto.subtle.exportKey("pkcs8", pair.privateKey),
    crypto.subtle.exportKey("spki", pair.publicKey),
  ]);
  return { kind, pkcs8: new Uint8Array(pkcs8), spki: new Uint8Array(spki) };
}
