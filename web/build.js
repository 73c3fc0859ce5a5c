// Builds web/dist: one style sheet, one script, one sprite with the icons that pages use. Names carry
// the hash of their contents, so that browsers may keep them for ever.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import postcss from "postcss";
import { followSystem, trim } from "./kit.js";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const dist = join(here, "dist");
const TARGET = ["chrome111", "firefox113", "safari16.4"];
/** Our own style sheets, in the order in which they count. */
const SHEETS = ["frame", "pages", "forms", "notes", "orders", "values", "desk"];
/** What one page may cost over the wire, compressed. */
const BUDGET = 150 * 1024;

function read(...path) {
  return readFileSync(join(...path), "utf8");
}

async function styles() {
  const tabler = read(modules, "@tabler/core/dist/css/tabler.css");
  const own = SHEETS.map((name) => read(here, `src/${name}.css`)).join("\n");
  const kit = await postcss([trim]).process(tabler, { from: undefined });
  const { css } = await postcss([followSystem]).process(`${kit.css}\n${own}`, { from: undefined });
  const { code } = await transform(css, { loader: "css", minify: true, target: TARGET, legalComments: "none" });
  return code;
}

async function script() {
  const { outputFiles } = await build({
    entryPoints: [join(here, "src/app.ts")],
    bundle: true,
    format: "esm",
    minify: true,
    target: TARGET,
    write: false,
  });
  return outputFiles[0].text;
}

function sprite() {
  const names = read(here, "icons.txt").split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const symbols = names.map((name) => {
    const svg = read(modules, "@tabler/icons/icons/outline", `${name}.svg`);
    const shapes = svg
      .slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"))
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line && !line.includes('stroke="none"'));
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shapes.join("")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

const files = [
  ["app", "css", await styles()],
  ["app", "js", await script()],
  ["icons", "svg", sprite()],
  ["favicon", "svg", read(here, "src/favicon.svg")],
];
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
let total = 0;
for (const [name, extension, text] of files) {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  writeFileSync(join(dist, `${name}-${hash}.${extension}`), text);
  const size = gzipSync(text).length;
  total += size;
  console.log(`${name}.${extension}: ${text.length} octets, ${size} compressed`);
}
if (total > BUDGET) {
  console.error(`error: ${total} octets compressed, more than the ${BUDGET} that a page may cost`);
  process.exit(1);
}
