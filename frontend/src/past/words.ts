/** What happened, in words, and times that may lie years back. Pure. */

import { clock } from "../freshness/words";
import { messages } from "./messages";
import type { Happening } from "./types";

const yearFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }); // prettier-ignore
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayYearFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** "14:02" today, "19 Nov 22:40" this year, "19 Nov 2025, 22:40" before. */
export function when(then: number | string, now: number): string {
  const time = typeof then === "string" ? Date.parse(then) : then;
  return new Date(time).getFullYear() === new Date(now).getFullYear() ? clock(time, now) : yearFormat.format(time);
}

/** The same where a sentence has no "at": "today 14:02". */
export function whenSaid(then: number | string, now: number): string {
  const time = typeof then === "string" ? Date.parse(then) : then;
  const said = when(time, now);
  return new Date(time).toDateString() === new Date(now).toDateString() ? `today ${said}` : said;
}

/** "11 Feb"; with the year where it is told or not this one. */
export function day(then: string | number, now: number, withYear = false): string {
  const time = typeof then === "string" ? Date.parse(then) : then;
  const far = withYear || new Date(time).getFullYear() !== new Date(now).getFullYear();
  return (far ? dayYearFormat : dayFormat).format(time);
}

/** What a store is called within a sentence: "the vault", "Brannoch"; "" for one that nobody knows any more. */
export type StoreName = (store: unknown) => string;

export interface Told {
  head: string;
  body: string;
}

const number = (value: unknown) => (typeof value === "number" ? value.toLocaleString("en") : "");
const text = (value: unknown) => (typeof value === "string" ? value : "");
const capital = (words: string) => words.replace(/^./u, (letter) => letter.toUpperCase());

/** "in the vault", "on Brannoch", "in the postmaster of Brannoch". */
export function whereWords({ store, place }: Record<string, unknown>, nameOf: StoreName): string {
  const name = nameOf(store);
  if (!name) return "";
  if (place === "postmaster") return `in the postmaster of ${name}`;
  return store === "vault" || store === "account" ? `in ${name}` : place === "equipped" ? `worn by ${name}` : `on ${name}`;
}

/** What happened to an item, on that item's own page: its name is known there. */
export function told(event: Happening, nameOf: StoreName): Told {
  const [head, ...more] = partsOf(event, nameOf).filter(Boolean);
  return { head: head ?? event.sentence, body: [...more.map(capital), who(event)].join(". ") };
}

const who = ({ by }: Happening) => (by === "you" ? messages.you : messages.game);

function partsOf(event: Happening, nameOf: StoreName): string[] {
  const { kind, before, after } = event;
  const [from, to] = [nameOf(before.store), nameOf(after.store)];
  const power = (side: Record<string, unknown>) => (side.power ? `power ${number(side.power)}` : "");
  switch (kind) {
    case "acquired":
      return [event.quantity ? `${number(event.quantity)} found` : "Found", whereWords(after, nameOf), power(after)];
    case "lost":
      return [event.quantity ? `${number(event.quantity)} gone` : "Gone", lastWords(before, nameOf), power(before)];
    case "moved":
      if (before.store === after.store) return [to ? `Taken off by ${to}` : "Taken off"];
      return [to ? `Moved to ${to}` : "Moved", from && `from ${from}`];
    case "equipped":
      return [to ? `Equipped by ${to}` : "Equipped", text(before.name) && `in place of ${text(before.name)}`];
    case "power":
      return [`Power ${steps(before.power, after.power)}`];
    case "stack":
      return [capital(steps(before.quantity, after.quantity))];
    case "currency":
      return [capital(steps(before.amount, after.amount))];
    case "perk":
      return [`${text(after.label ?? before.label) || "A perk or mod"} changed`, exchange(before, after)];
    case "locked":
      return [after.locked ? "Locked" : "Unlocked"];
    case "tracked":
      return [after.tracked ? "Tracked" : "No longer tracked"];
    case "crafted":
      return [after.crafted ? "Shaped" : "No longer shaped"];
    case "masterwork":
      return masterwork(before, after);
    case "postmaster-in":
      return [to ? `Came to the postmaster of ${to}` : "Came to the postmaster", from && `from ${from}`];
    case "postmaster-out":
      return ["Collected from the postmaster", to && `to ${to}`];
    default:
      return [event.sentence];
  }
}

const lastWords = (before: Record<string, unknown>, nameOf: StoreName) => {
  const where = whereWords(before, nameOf);
  return where && messages.last(where);
};

const steps = (before: unknown, after: unknown) => [number(before), number(after)].filter(Boolean).join(" to ") || "changed";

function exchange(before: Record<string, unknown>, after: Record<string, unknown>): string {
  const [old, fresh] = [text(before.name), text(after.name)];
  return old && fresh ? `${old} to ${fresh}` : fresh ? `${fresh} put in` : old && `${old} taken out`;
}

function masterwork(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const energy =
    before.energy !== after.energy && after.energy !== undefined ? `Energy ${steps(before.energy, after.energy)}` : "";
  if (before.masterwork === after.masterwork && energy) return [energy];
  return [after.masterwork ? "Masterworked" : "No longer masterworked", energy];
}
