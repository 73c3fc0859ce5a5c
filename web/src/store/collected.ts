// Octets as they come, kept outside the worker's memory.

type Octets = Uint8Array<ArrayBuffer>;

/** Octets as they come out of the module; a Blob keeps them outside the worker's memory. */
export class Collected {
  #pieces: Blob[] = [];

  add(piece: Octets): void {
    if (piece.length > 0) this.#pieces.push(new Blob([piece]));
    piece.fill(0);
  }

  clear(): void {
    this.#pieces = [];
  }

  blob(type = ""): Blob {
    return new Blob(this.#pieces, { type });
  }
}
