/** Amounts and times of a ledger in words. Periods are the server's (UTC); the hour of an entry is the person's own. */

import { messages } from "./messages";
import type { Book, Entry, Period } from "./wire";

const MINUS = "\u2212";

/** "1,204,300", "\u2212300". */
export const amountOf = (amount: number): string => `${amount < 0 ? MINUS : ""}${Math.abs(amount).toLocaleString("en")}`;

/** With its sign: "+1,200", "\u2212300", "0". */
export const signed = (amount: number): string => `${amount > 0 ? "+" : ""}${amountOf(amount)}`;

const shortFormat = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** For an axis: "1.2M", "300K", "\u2212300". */
export const short = (amount: number): string => `${amount < 0 ? MINUS : ""}${shortFormat.format(Math.abs(amount))}`;

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** "19 Nov 22:40", and what was only seen later "19 Nov, between 14:05 and 19:30". */
export function whenOf({ at, since }: Pick<Entry, "at" | "since">): string {
  const then = Date.parse(at);
  const moment = (time: number) => `${dayFormat.format(time)} ${clockFormat.format(time)}`;
  if (!since) return moment(then);
  const from = Date.parse(since);
  return new Date(from).toDateString() === new Date(then).toDateString()
    ? messages.betweenHours(dayFormat.format(then), clockFormat.format(from), clockFormat.format(then))
    : messages.between(moment(from), moment(then));
}

export type Step = "quarters" | "months" | "weeks";

/** What came in and went out in one stretch of time. */
export interface Flow {
  label: string;
  earned: number;
  spent: number;
  /** It is not over yet. */
  open: boolean;
}

const monthFormat = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });
const weekFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const WEEK = 7 * 24 * 3_600_000;

/** A book by quarter, month or week. Its stretches are UTC's. */
export function flowsOf(book: Pick<Book, Step | "year">, step: Step, now: number): Flow[] {
  const { year } = book;
  const flow = (each: Period, label: string, from: number, to: number): Flow => ({
    label,
    earned: each.earned,
    spent: each.spent,
    open: from <= now && now < to,
  });
  const months = (each: Period, label: string, from: number, count: number) =>
    flow(each, label, Date.UTC(year, from), Date.UTC(year, from + count));
  if (step === "quarters") return book.quarters.map((each) => months(each, `Q${each.quarter}`, (each.quarter - 1) * 3, 3));
  if (step === "months")
    return book.months.map((each) => months(each, monthFormat.format(Date.UTC(year, each.month - 1)), each.month - 1, 1));
  return book.weeks.map((each) => {
    const from = Date.parse(each.from);
    return flow(each, weekFormat.format(from), from, from + WEEK);
  });
}

export type Point = [time: number, value: number];

/** How the balance went within the year: what it was before its first entry, too, where there was something before. */
export function balanceOf({ year, years, balance, opening }: Pick<Book, "year" | "years" | "balance" | "opening">): Point[] {
  const points = balance.map(([at, value]): Point => [Date.parse(at), value]);
  const start = Date.UTC(year, 0, 1);
  const carried = years.some((each) => each < year) && (points[0]?.[0] ?? Infinity) > start;
  return carried ? [[start, opening], ...points] : points;
}

export const sumOf = (flows: readonly Flow[], what: "earned" | "spent"): number =>
  flows.reduce((sum, each) => sum + each[what], 0);

/** What a person typed as an amount: "1,200", "1 200", "1200". NaN for what is none. */
export function typedAmount(text: string): number {
  const plain = text.replace(/[\s,\u00a0\u202f']/g, "");
  return /^\d{1,15}$/.test(plain) ? Number(plain) : NaN;
}

/** For a field of date and time, where the person is: "2026-11-22T14:05". */
export function asField(time: number): string {
  const then = new Date(time);
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
  return `${day}T${two(then.getHours())}:${two(then.getMinutes())}`;
}

/** The moment in a field, as the server wants it; "" for none. */
export function asMoment(field: string): string {
  const time = new Date(field).getTime();
  return Number.isNaN(time) ? "" : new Date(time).toISOString();
}
