// Words in the language of the page: the messages of locales/*/script-*.ftl, and those that scripts share with the pages, as Fluent resolves them.
import { FluentBundle, FluentResource } from "@fluent/bundle";
// Put there by build.js: one text a language.
import sources from "chancery:words";

const FALLBACK = "en";

/** Of `<html lang>`. */
export const language = document.documentElement.lang in sources ? document.documentElement.lang : FALLBACK;

const bundle = new FluentBundle(language, {
  // Isolating marks would end up in copied values.
  useIsolating: false,
  transform: (text) => bound(text, language),
});
bundle.addResource(new FluentResource(sources[language] ?? ""));

/** In Czech a word of one letter stays with the next one, as in the pages. */
function bound(text: string, tag: string): string {
  return tag === "cs" ? text.replace(/(?<=^|[ („\u00a0])([ksvzouaiKSVZOUAI]) (?=\S)/g, "$1\u00a0") : text;
}

/** Whether there is such a message. */
export function hasWord(key: string): boolean {
  return bundle.hasMessage(key);
}

/** The text of a key; a missing one is marked. */
export function word(key: string, values: Record<string, string | number> = {}): string {
  const pattern = bundle.getMessage(key)?.value;
  if (!pattern) return `⟦${key}⟧`;
  return bundle.formatPattern(pattern, values, []);
}

const zone = document.documentElement.dataset.zone ?? "UTC";

function parts(seconds: number): Map<string, string> {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  return new Map(format.formatToParts(new Date(seconds * 1_000)).map(({ type, value }) => [type, value]));
}

/** A day as the pages write it, in the environment's zone. */
export function date(seconds: number): string {
  const at = parts(seconds);
  return word("date", { day: Number(at.get("day")), month: Number(at.get("month")), year: at.get("year") ?? "" });
}

/** A day and a time of day. */
export function dateTime(seconds: number): string {
  const at = parts(seconds);
  return word("date-and-time", { date: date(seconds), time: `${at.get("hour")}:${at.get("minute")}` });
}
