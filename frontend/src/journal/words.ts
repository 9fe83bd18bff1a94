/** A write in words. Pure. */

import type { Write } from "../api/types";
import { ASKERS, DEEDS, messages, OUTCOMES, rule, WHYS } from "./messages";

export function deedOf({ step }: Write): string {
  const word = DEEDS[step.kind];
  return typeof word === "string" ? word : word[step.lock === false ? 0 : 1];
}

export const whyOf = ({ step }: Write): string => WHYS[step.why];

export function itemOf({ step }: Write): string {
  const [first] = step.items;
  if (!first) return "";
  return step.quantity > 1 ? messages.pieces(step.quantity, first.name) : messages.items(first.name, step.items.length - 1);
}

/** Whether it went from one place to another, or was changed where it is. */
export const isJourney = ({ step }: Write): boolean => step.kind === "transfer" || step.kind === "pull";

/** "the vault" as a heading would have it: "Vault". */
export const placeOf = (name: string): string => name.replace(/^the /, "").replace(/^./, (letter) => letter.toUpperCase());

export type Tone = "ok" | "info" | "warn" | "bad";

export interface Outcome {
  word: string;
  tone: Tone;
  /** Bungie's reason, or ours. */
  sentence?: string;
}

export function outcomeOf({ step }: Write): Outcome {
  if (step.state === "refused") return { word: OUTCOMES.refused, tone: "bad", sentence: step.sentence };
  if (step.state === "unconfirmed") return { word: OUTCOMES.unclear, tone: "warn", sentence: step.sentence };
  if (step.state !== "done") return { word: OUTCOMES[step.state], tone: "info" };
  const settled = step.settled ?? "done";
  const tone = { seen: "ok", done: "info", superseded: "ok", contradicted: "warn", unconfirmed: "warn" } as const;
  return { word: OUTCOMES[settled], tone: tone[settled] };
}

export function askerOf({ asked_by }: Write): string {
  return ASKERS[asked_by] ?? (asked_by.startsWith("rule ") ? rule(asked_by.slice("rule ".length)) : asked_by);
}

/** Milliseconds: when its call was sent. */
export const timeOf = ({ step }: Write): number => Date.parse(step.begun ?? step.ended ?? "") || 0;

export interface Day {
  /** "Today, Sunday 22 November". */
  title: string;
  writes: Write[];
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const yearFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** Under the day on which they were sent, in the order in which they come. */
export function daysOf(writes: readonly Write[], now: number): Day[] {
  const days: Day[] = [];
  for (const each of writes) {
    const title = dayTitle(timeOf(each), now);
    const last = days.at(-1);
    if (last?.title === title) last.writes.push(each);
    else days.push({ title, writes: [each] });
  }
  return days;
}

/** "Today, Sunday 22 November", "Saturday 21 November"; with the year when it was another. */
export function dayTitle(time: number, now: number): string {
  const [then, today] = [new Date(time), new Date(now)];
  if (then.toDateString() === today.toDateString()) return messages.today(dayFormat.format(then));
  return (then.getFullYear() === today.getFullYear() ? dayFormat : yearFormat).format(then);
}
