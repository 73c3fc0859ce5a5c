// Under `require-trusted-types-for 'script'` only addresses that the build or the page itself knows may be run. Browsers without trusted
// types take the address as it is.

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): unknown };
}

const known = new Set<string>();
const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
// A policy of that name is made once a page: whoever comes later is refused.
const policy = types?.createPolicy("chancery", {
  createScriptURL(asked) {
    if (!known.has(asked)) throw new TypeError("not a script of ours");
    return asked;
  },
});
const SERVICE_WORKER = "/service-worker.js";

/** The address of a worker, as `new Worker` and `serviceWorker.register` take it; of those that the build wrote. */
export function scriptAddress(address: string): string {
  if (!/^\/assets\/[a-z]+-[0-9a-f]{12}\.js$/.test(address) && address !== SERVICE_WORKER) throw new TypeError("not a script of ours");
  known.add(address);
  // TypeScript's Worker takes a string, browsers with trusted types want this.
  return policy ? (policy.createScriptURL(address) as unknown as string) : address;
}
