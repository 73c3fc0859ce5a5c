// Elements made by scripts: never from text that is parsed.

type Value = string | boolean | EventListener | undefined;

/** An element with attributes (`class`, `for`, …; true is an attribute without value, false and undefined none), listeners (`onclick`, …) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Record<string, Value> = {},
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the sprite (web/icons.txt); it never carries the meaning alone, so screen readers skip it. */
export function icon(name: string, extra = ""): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ class: `icon ${extra}`.trim(), width: "24", height: "24", "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(key, value);
  }
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.documentElement.dataset.icons ?? ""}#${name}`);
  svg.append(use);
  return svg;
}

/** A button that does something on this page. */
export function button(text: string, onclick: () => void, look: { kind?: string; icon?: string; label?: string } = {}): HTMLButtonElement {
  const element = h("button", { type: "button", class: `btn ${look.kind ?? ""}`.trim(), onclick, "aria-label": look.label });
  if (look.icon) element.append(icon(look.icon), " ");
  element.append(text);
  return element;
}

let last = 0;

/** An id that nothing else on the page has. */
export function freshId(stem: string): string {
  last += 1;
  return `${stem}-${last}`;
}
