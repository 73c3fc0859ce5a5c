// Judges passwords by zxcvbn, with the lists of passwords and words that people use anywhere. A file of its own: it is large, and wanted only
// where a password is chosen.

import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import type { Strength } from "./protocol";

const ENOUGH = 3;
const SHORTEST = 8;
/** Longer ones are strong or repeat themselves, and looking at them takes long. */
const LONGEST_LOOKED_AT = 100;

const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

export function estimate(password: string, words: string[]): Strength {
  const { score, guessesLog10, feedback } = judge.check(password.slice(0, LONGEST_LOOKED_AT), words);
  const isTooShort = [...password].length < SHORTEST;
  return {
    score,
    isEnough: score >= ENOUGH && !isTooShort,
    bits: guessesLog10 * Math.log2(10),
    warning: isTooShort ? "tooShort" : (feedback.warning ?? null),
    suggestions: feedback.suggestions,
  };
}
