// Where the built files lie; the build puts their names in, which carry their hashes. The worker and the module are none where the module
// could not be built.

declare const CHANCERY_WORKER: string | null;
declare const CHANCERY_MODULE: string | null;
declare const CHANCERY_MODULE_INTEGRITY: string | null;
declare const CHANCERY_STRENGTH: string | null;

export const addresses = {
  worker: CHANCERY_WORKER,
  module: CHANCERY_MODULE,
  /** SHA-384, as subresource integrity writes it. */
  integrity: CHANCERY_MODULE_INTEGRITY,
  strength: CHANCERY_STRENGTH,
};
