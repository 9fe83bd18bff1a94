/** Times apart and days in words. */

import { messages } from "./messages";

const HOURS = 24;

/** "40 min", "5 h", "2 d 3 h", "31 d". */
export function span(hours: number): string {
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`;
  const whole = Math.round(hours);
  if (whole < HOURS) return `${whole} h`;
  const [days, rest] = [Math.floor(whole / HOURS), whole % HOURS];
  return rest && days < 10 ? `${days} d ${rest} h` : `${Math.round(whole / HOURS)} d`;
}

const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const weekday = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const weekdayYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const longDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const stamp = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** "28 Nov", where the person is. */
export const dayOf = (iso: string): string => shortDay.format(Date.parse(iso));
/** "12 December 2025". */
export const longDayOf = (iso: string): string => longDay.format(Date.parse(iso));
/** "28 Nov 2026, 14:05". */
export const stampOf = (iso: string): string => stamp.format(Date.parse(iso));
/** Weeks are UTC's, and so are their names. */
export const weekOf = (iso: string): string => weekday.format(Date.parse(iso));
export const weekWithYear = (iso: string): string => weekdayYear.format(Date.parse(iso));

/** A stretch of times between drops. */
export function stretch(from: number, to: number | undefined): string {
  if (to === undefined) return messages.overTime(span(from));
  return from === 0 ? messages.under(span(to)) : messages.between(span(from), span(to));
}

const hours = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayAndHours = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** "14:05". */
export const timeOf = (iso: string): string => hours.format(Date.parse(iso));

/** "14:05", with its day where that is another than the one beside it: "21 Nov, 14:05". */
export function momentOf(iso: string, beside: string): string {
  const same = new Date(iso).toDateString() === new Date(beside).toDateString();
  return (same ? hours : dayAndHours).format(Date.parse(iso));
}
