/** Xûr's calendar and wares in words. Days of a visit are his (UTC); hours are the person's own. */

import type { Element } from "../api/types";
import { ELEMENTS } from "../items/words";
import { messages } from "./messages";
import type { Ware } from "./types";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STAY = 4 * DAY * 1000;
/** The hash that our server gives to what is no stat of Bungie's. */
const TOTAL = -1000;

const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "short" });
const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", timeZone: "UTC" });
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const withYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** "Tuesday 24 Nov, 18:00", where the person is. */
export function moment(then: number): string {
  return `${dayFormat.format(then).replace(",", "")}, ${clockFormat.format(then)}`;
}

/** "20 to 24 Nov", "30 Oct to 3 Nov"; with the year where it is another than now. */
export function weekendOf(weekend: string, now: number): string {
  const from = Date.parse(`${weekend}T17:00:00Z`);
  if (Number.isNaN(from)) return weekend;
  const until = from + STAY;
  const last = new Date(until).getUTCFullYear() === new Date(now).getUTCFullYear() ? dayAndMonth : withYear;
  const together = new Date(from).getUTCMonth() === new Date(until).getUTCMonth();
  return messages.fromTo((together ? day : dayAndMonth).format(from), last.format(until));
}

export type Unit = "d" | "h" | "min" | "s";

/** What a countdown shows, coarse when there is much left: days, hours, minutes; seconds on the last day. */
export function partsOf(milliseconds: number): [number, Unit][] {
  const left = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor((left % DAY) / HOUR);
  const minutes = Math.floor((left % HOUR) / MINUTE);
  if (left >= DAY) return [[Math.floor(left / DAY), "d"], [hours, "h"], [minutes, "min"]]; // prettier-ignore
  if (left >= HOUR) return [[hours, "h"], [minutes, "min"], [left % MINUTE, "s"]]; // prettier-ignore
  return [[minutes, "min"], [left % MINUTE, "s"]]; // prettier-ignore
}

/** "2 days 3 hours 28 minutes". Without seconds: they would be another sentence each second. */
export function spoken(milliseconds: number): string {
  const parts = partsOf(milliseconds).filter(([, unit]) => unit !== "s");
  const said = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => messages.amount(amount, unit));
  return said.length ? said.join(" ") : messages.lessThanAMinute;
}

/** "Titan helmet", "Linear fusion rifle, solar". */
export function kindOf({ facts, class: guardian }: Ware): string {
  const { type, element } = facts;
  const named = guardian && !type.toLowerCase().includes(guardian) ? `${messages.classes[guardian]} ${type}` : type;
  const kind = named.slice(0, 1) + named.slice(1).toLowerCase();
  return [kind, element && element in ELEMENTS && ELEMENTS[element as Element].toLowerCase()].filter(Boolean).join(", ");
}

/** From so many columns on it is a weapon's: frame, barrel, magazine, then the traits. */
const WEAPON_COLUMNS = 4;

/** What one looks at first: a weapon's traits (and an exotic's own), a piece of armour's few. What a copy only could have is not its own. */
export function perksOf({ facts, perks = [] }: Ware): string[] {
  const first = perks.length < WEAPON_COLUMNS ? perks : perks.filter((_, index) => index === 3 || index === 4);
  const own = facts.tier === "exotic" ? perks.slice(0, 1) : [];
  const told = [...new Set([...own, ...first])].filter((column) => column.certain);
  return told.flatMap((column) => column.perks.slice(0, 1)).map((perk) => perk.name);
}

/** The stat that adds up the six of a piece of armour. */
export function totalOf(ware: Ware): number | undefined {
  return ware.stats?.find((stat) => stat.hash === TOTAL)?.value;
}

/** Gear of which the person has no copy, and never had one as far as can be told. */
export const isNew = (ware: Ware): boolean => ware.roll !== "none" && ware.copies === 0 && !ware.collected;

/** What stands against buying it, in the game's words where it has some. */
export function barsOf(ware: Ware): string[] {
  const game = [...new Set(ware.reasons ?? [])];
  return game.length ? game : [...new Set(ware.barred ?? [])].map((each) => messages.bars[each]);
}

/** All that it costs is in the purse. */
export const isPaid = (ware: Ware) => ware.prices.every((price) => (price.owned ?? -1) >= price.quantity);

/** It can be paid for, and the game has nothing against it. */
export const isWithin = (ware: Ware) => !ware.barred?.length && isPaid(ware);

/** What stands against buying each of them: said once, rather than on every card. */
export function sharedBars(wares: Ware[]): string[] {
  const [first, ...rest] = wares.map(barsOf);
  return first && rest.length ? first.filter((bar) => rest.every((bars) => bars.includes(bar))) : [];
}
