import type { Problem } from "./protocol";

/** Thrown inside the worker; the page gets its problem. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

export function refuse(problem: Problem): never {
  throw new Refusal(problem);
}
