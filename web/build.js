// Builds web/dist: one style sheet, one script, one sprite with the icons that pages use, and the store of certificates: its module in
// WebAssembly (`node build.js FILE.wasm`; without one there is no store), its worker, what pages do with it, and the lists by which
// passwords are judged. Names carry the hash of their contents, so that browsers may keep them for ever.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import compress from "@zxcvbn-ts/dictionary-compression/compress";
import { Resvg, initWasm } from "@resvg/resvg-wasm";
import { build, transform } from "esbuild";
import postcss from "postcss";
import { followSystem, trim } from "./kit.js";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const dist = join(here, "dist");
const TARGET = ["chrome111", "firefox113", "safari16.4"];
/** Our own style sheets, in the order in which they count. */
const SHEETS = ["frame", "pages", "forms", "notes", "orders", "values", "desk", "guides", "ui", "settings", "devices", "register", "tools"];
/** What things may cost over the wire, compressed: what every page has, the module, and what one page has at most beside it. */
const BUDGET = { page: 150 * 1024, module: 450 * 1024, rest: 300 * 1024 };
/** Words that scripts use. */
const WORDS = /^(?:script-.*|shared|fields)\.ftl$/;
/** How many of the passwords that people use most are compared with. */
const PASSWORDS = 20_000;

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

/** One script with all that it imports; what stands in `define` is known when it is built. */
async function script(name, define = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(here, `src/${name}.ts`)],
    bundle: true,
    format: "esm",
    minify: true,
    target: TARGET,
    write: false,
    define: Object.fromEntries(Object.entries(define).map(([key, value]) => [key, JSON.stringify(value)])),
    plugins: [fewerPasswords, words],
    legalComments: "none",
  });
  return outputFiles[0].text;
}

/** The list of passwords is in the order of their use: what stands far down costs more to fetch than it tells. */
const fewerPasswords = {
  name: "fewer-passwords",
  setup({ onLoad }) {
    onLoad({ filter: /language-common[\\/]dist[\\/]passwords\.json\.mjs$/ }, async ({ path }) => {
      const { default: passwords } = await import(pathToFileURL(path).href);
      const kept = JSON.stringify(compress(passwords.slice(0, PASSWORDS)));
      const contents = `import decompress from "@zxcvbn-ts/dictionary-compression/decompress";\nexport default decompress(${kept});\n`;
      return { contents, resolveDir: dirname(path) };
    });
  },
};

/** `chancery:words`: the text of each language, as one object. */
const words = {
  name: "words",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^chancery:words$/ }, ({ path }) => ({ path, namespace: "words" }));
    onLoad({ filter: /.*/, namespace: "words" }, () => {
      const locales = join(here, "../locales");
      const text = (tag) => readdirSync(join(locales, tag)).filter((name) => WORDS.test(name)).sort().map((name) => read(locales, tag, name).replace(/^#.*\n/gm, "")).join("\n");
      const contents = JSON.stringify(Object.fromEntries(readdirSync(locales).sort().map((tag) => [tag, text(tag)])));
      return { contents, loader: "json" };
    });
  },
};

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

/** What the favicon looks like as the icon of an installed application: whole, and without corners where systems cut a shape of their own. */
async function icons(svg) {
  await initWasm(readFileSync(join(modules, "@resvg/resvg-wasm/index_bg.wasm")));
  const drawn = (source, width) => new Resvg(source, { fitTo: { mode: "width", value: width } }).render().asPng();
  write("icon192", "png", drawn(svg, 192));
  write("icon512", "png", drawn(svg, 512));
  // The safe zone is a circle of four fifths (W3C Web Application Manifest, "Icon masks and safe zone").
  const masked = svg.replace('rx="7"', "").replace(/(<circle.*)(<\/svg>)/s, '<g transform="translate(4.8 4.8) scale(.7)">$1</g>$2');
  write("maskable", "png", drawn(masked, 512));
}

function digest(content, algorithm, encoding) {
  return createHash(algorithm).update(content).digest(encoding);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const sizes = {};

/** Writes one file; gives its address. */
function write(name, extension, content) {
  const file = `${name}-${digest(content, "sha256", "hex").slice(0, 12)}.${extension}`;
  writeFileSync(join(dist, file), content);
  const size = gzipSync(content, { level: 9 }).length;
  sizes[`${name}.${extension}`] = size;
  console.log(`${name}.${extension}: ${Buffer.byteLength(content)} octets, ${size} compressed`);
  return `/assets/${file}`;
}

write("app", "css", await styles());
write("app", "js", await script("app"));
write("icons", "svg", sprite());
write("favicon", "svg", read(here, "src/favicon.svg"));
await icons(read(here, "src/favicon.svg"));

// Each knows the address of the next: the pages' script of the worker, the worker of the module and of the word lists.
const addresses = { CHANCERY_WORKER: null, CHANCERY_MODULE: null, CHANCERY_MODULE_INTEGRITY: null, CHANCERY_STRENGTH: null };
const [compiled] = process.argv.slice(2);
if (compiled) {
  const module = readFileSync(compiled);
  addresses.CHANCERY_MODULE = write("store", "wasm", module);
  addresses.CHANCERY_MODULE_INTEGRITY = `sha384-${digest(module, "sha384", "base64")}`;
  addresses.CHANCERY_STRENGTH = write("strength", "js", await script("store/strength"));
  addresses.CHANCERY_WORKER = write("worker", "js", await script("store/worker", addresses));
}
write("store", "js", await script("pages", addresses));
if (compiled) write("service-worker", "js", await script("service-worker"));

function sum(names) {
  return names.map((name) => sizes[name] ?? 0).reduce((total, size) => total + size, 0);
}

const over = [
  ["what every page has", sum(["app.css", "app.js", "icons.svg", "favicon.svg"]), BUDGET.page],
  ["the module", sum(["store.wasm"]), BUDGET.module],
  ["what a page has beside the module", sum(Object.keys(sizes).filter((name) => name !== "store.wasm" && !name.endsWith(".png"))), BUDGET.rest],
].filter(([, size, budget]) => size > budget);
for (const [what, size, budget] of over) {
  console.error(`error: ${what}: ${size} octets compressed, more than the ${budget} that it may cost`);
}
if (over.length > 0) process.exit(1);
