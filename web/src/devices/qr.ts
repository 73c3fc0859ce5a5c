// A QR code as a picture: one path, no style of its own.

import encodeQR from "qr";

const SVG = "http://www.w3.org/2000/svg";
/** Light modules around it (ISO/IEC 18004 section 6.3.8). */
const QUIET = 4;

export function picture(text: string, label: string): SVGElement {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const size = rows.length;
  const runs: string[] = [];
  rows.forEach((row, y) => {
    let x = 0;
    while (x < size) {
      let end = x;
      while (end < size && row[end]) end += 1;
      if (end > x) runs.push(`M${x} ${y}h${end - x}v1H${x}z`);
      x = Math.max(end, x + 1);
    }
  });
  const make = (name: string, attributes: Record<string, string>): SVGElement => {
    const element = document.createElementNS(SVG, name) as SVGElement;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const svg = make("svg", { class: "qr-code", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" });
  svg.append(make("rect", { width: String(size), height: String(size), fill: "#fff" }), make("path", { d: runs.join(""), fill: "#000" }));
  return svg;
}
