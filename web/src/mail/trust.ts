// The authorities that the server put into the page: nothing is asked when a file is verified.

type Octets = Uint8Array<ArrayBuffer>;

export interface Trust {
  anchors: Octets[];
  certificates: Octets[];
}

/** From `<li data-certificate="base64" data-anchor>`. */
export function trustOf(root: ParentNode): Trust {
  const trust: Trust = { anchors: [], certificates: [] };
  for (const one of root.querySelectorAll<HTMLElement>("[data-certificate]")) {
    const der = Uint8Array.from(atob(one.dataset.certificate ?? ""), (character) => character.charCodeAt(0));
    (one.dataset.anchor === undefined ? trust.certificates : trust.anchors).push(der);
  }
  return trust;
}
