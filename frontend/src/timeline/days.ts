/** Events and gaps by the day on which they were seen. Pure. */

import { dayTitle } from "../journal/words";
import type { EventPage, Gap, HistoryEvent } from "./types";

export type Entry = { key: string; at: number } & ({ event: HistoryEvent; gap?: undefined } | { gap: Gap; event?: undefined });

export interface Day {
  title: string;
  entries: Entry[];
}

/** Newest first. A gap stands below what was seen at its end, for that is when it happened at the latest. */
export function daysOf(pages: readonly EventPage[], now: number): Day[] {
  const gaps = new Map(pages.flatMap((page) => page.gaps.map((gap) => [gap.until, gap] as const)));
  const entries: Entry[] = [
    ...pages.flatMap((page) => page.events.map((event) => ({ key: event.id, at: Date.parse(event.at), event }))),
    ...[...gaps.values()].map((gap) => ({ key: `gap ${gap.until}`, at: Date.parse(gap.until), gap })),
  ];
  // Sorting keeps the order of what is at the same time: gaps come last.
  entries.sort((one, other) => other.at - one.at);
  const days: Day[] = [];
  for (const entry of entries) {
    const title = dayTitle(entry.at, now);
    if (days.at(-1)?.title === title) days.at(-1)!.entries.push(entry);
    else days.push({ title, entries: [entry] });
  }
  return days;
}

/** The sentence before its name, the name, and the rest: the name is what one looks for. */
export function cut(sentence: string, name: string): [string, string, string] {
  const start = name ? sentence.indexOf(name) : -1;
  return start < 0 ? [sentence, "", ""] : [sentence.slice(0, start), name, sentence.slice(start + name.length)];
}
