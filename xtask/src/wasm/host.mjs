// Runs test binaries of wasm32-unknown-unknown: `node host.mjs FILE.wasm…`. A panic ends a module, so each test has an instance of its own.
// The functions are those that crates/formats/wasm-tests/src/host.rs declares. Exit codes: 0 all passed, 1 a test failed, 2 nothing ran.
import { generateKeyPairSync, randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

const Kind = { name: 0, output: 1, failure: 2, ignored: 3, shouldPanic: 4 };

// RSA keys are dear: the nth of a size that a test asks for is the same in every test.
const rsaKeys = new Map();

function rsaKey(bits, nth) {
  const made = rsaKeys.get(bits) ?? rsaKeys.set(bits, []).get(bits);
  while (made.length <= nth) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: bits });
    made.push(privateKey.export({ format: "der", type: "pkcs8" }));
  }
  return made[nth];
}

function run(module, wanted) {
  const told = { names: [], output: "", failure: undefined, ignored: false, shouldPanic: false };
  const asked = new Map();
  let memory;
  const octets = (at, length) => new Uint8Array(memory.buffer, at, length);
  const host = {
    wanted: () => wanted,
    tell(kind, at, length) {
      const text = new TextDecoder().decode(octets(at, length));
      if (kind === Kind.name) told.names.push(text);
      else if (kind === Kind.output) told.output += text;
      else if (kind === Kind.failure) told.failure = text;
      else if (kind === Kind.ignored) told.ignored = true;
      else if (kind === Kind.shouldPanic) told.shouldPanic = true;
    },
    random: (at, length) => void randomFillSync(octets(at, length)),
    rsa_key(bits, at) {
      const nth = asked.get(bits) ?? 0;
      asked.set(bits, nth + 1);
      const der = rsaKey(bits, nth);
      octets(at, der.length).set(der);
      return der.length;
    },
  };
  const instance = new WebAssembly.Instance(module, { host });
  memory = instance.exports.memory;
  try {
    instance.exports.main(0, 0);
  } catch (error) {
    told.failure ??= String(error);
  }
  return told;
}

// What the standard library says to a test that starts a program, opens a file or measures time; what a test prints that passes itself over.
const lacks = /no filesystem on this platform|operation not supported on this platform|time not implemented on this platform/;
const passedOver = /^skipped: /m;

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
  const module = new WebAssembly.Module(readFileSync(file));
  const of = basename(file).replace(/-[0-9a-f]{16}\.wasm$/, "");
  const listed = run(module, -1);
  if (listed.failure !== undefined) {
    console.error(`${of}: its tests cannot be listed: ${listed.failure}`);
    total.failed += 1;
  }
  for (const [index, name] of listed.names.entries()) {
    const start = performance.now();
    const told = run(module, index);
    const seconds = (performance.now() - start) / 1000;
    const panicked = told.failure !== undefined;
    // A test that printed the word and then panicked has failed.
    const skipped = panicked ? lacks.test(told.failure) : passedOver.test(told.output);
    if (told.ignored || skipped) {
      total.skipped += 1;
    } else if (panicked === told.shouldPanic) {
      total.passed += 1;
      if (seconds > 5) console.log(`slow: ${of} ${name}: ${seconds.toFixed(1)} s`);
    } else {
      total.failed += 1;
      console.error(`FAILED: ${of} ${name}\n${told.output}${told.failure ?? "it did not panic"}\n`);
    }
  }
}
console.log(
  `${total.passed} tests passed in wasm, ${total.failed} failed, ${total.skipped} were skipped: they need a program, a file or a clock, or are native only`,
);
process.exitCode = total.failed > 0 ? 1 : total.passed > 0 ? 0 : 2;
