import { dayTitle } from "../journal/words";
import type { Happening } from "./types";

export interface Day {
  /** "Today, Sunday 22 November". */
  title: string;
  events: Happening[];
}

/** Under the day on which they were seen, in the order in which they come. Pure. */
export function daysOf(events: readonly Happening[], now: number): Day[] {
  const days: Day[] = [];
  for (const each of events) {
    const title = dayTitle(Date.parse(each.at), now);
    const last = days.at(-1);
    if (last?.title === title) last.events.push(each);
    else days.push({ title, events: [each] });
  }
  return days;
}
