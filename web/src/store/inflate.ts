// Compressed messages (RFC 3274): the module finds what is compressed, the browser inflates it, and neither more nor less comes out than allowed.

import { Collected } from "./collected";
import { runOver } from "./operations";
import { Refusal } from "./problem";
import type { Progress, ReadMessage } from "./protocol";

type Octets = Uint8Array<ArrayBuffer>;
type Why = Extract<ReadMessage["ended"], `compressed${string}`>;

/** Octets of content for each compressed octet, as `InflateBudget` of chancery-cms has it: deflate itself reaches 1,032; text stays below 20. */
const RATIO = 200;
/** Octets of content for which the ratio is not looked at: a short message of one repeated line is no attack. */
const FREE = 2 ** 20;
/** Compressed octets that are inflated at once: what comes of them at most has room in memory. */
const PIECE = 16 << 10;

/** What is inside, of at most `room` octets; or why it is not opened. */
export async function inflate(cms: Blob, room: number, progress: Progress): Promise<Blob | Why> {
  const compressed = new Collected();
  try {
    await runOver({ call: "compressed" }, [], cms, { progress }, (piece) => compressed.add(piece), () => undefined);
  } catch (error) {
    const code = error instanceof Refusal ? error.problem.code : "";
    if (code === "unsupported") return "compressedOther";
    if (code === "damaged" || code === "notMessage") return "compressedDamaged";
    throw error;
  }
  const octets = compressed.blob();
  return inflated(octets, Math.min(room, Math.max(FREE, octets.size * RATIO)));
}

async function inflated(octets: Blob, limit: number): Promise<Blob | Why> {
  const content = new Collected();
  const reader = pieces(octets).pipeThrough(new DecompressionStream("deflate")).getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return content.blob();
      size += value.length;
      if (size > limit) return "compressedTooLarge";
      content.add(value);
    }
  } catch {
    // Not zlib, cut short, with another checksum, or with something behind it: streams tell it all by a TypeError.
    return "compressedDamaged";
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function pieces(octets: Blob): ReadableStream<Octets> {
  let at = 0;
  return new ReadableStream<Octets>({
    async pull(controller) {
      if (at >= octets.size) return controller.close();
      const piece = octets.slice(at, at + PIECE);
      at += PIECE;
      controller.enqueue(new Uint8Array(await piece.arrayBuffer()));
    },
  });
}
