/** Times as people say them: "12 s ago" up to an hour, "14:02" today, "19 Nov 22:40" before. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;

const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const fullFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "long" });

export function ago(then: number, now: number): string {
  const age = Math.max(0, now - then);
  if (age < MINUTE) return `${Math.floor(age / 1000)} s ago`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  return clock(then, now);
}

export function clock(then: number, now: number): string {
  const time = clockFormat.format(then);
  return new Date(then).toDateString() === new Date(now).toDateString() ? time : `${dayFormat.format(then)} ${time}`;
}

/** Coarser, for what happened a while ago: "2 h ago", "3 d ago", "5 y ago". */
export function since(then: number, now: number): string {
  const age = Math.max(0, now - then);
  if (age < HOUR) return `${Math.max(1, Math.floor(age / MINUTE))} min ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`;
  if (age < 60 * DAY) return `${Math.floor(age / DAY)} d ago`;
  return age < YEAR ? `${Math.floor(age / MONTH)} months ago` : `${Math.floor(age / YEAR)} y ago`;
}

/** With the zone, for tooltips. */
export const inFull = (then: number) => fullFormat.format(then);

export function hours(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60).toLocaleString("en")} h`;
}
