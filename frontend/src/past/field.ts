/** Between moments and what a date field of the browser holds. Pure. */

const MINUTE = 60_000;

/** "2026-11-15T21:00" of an ISO time, in this place's own time. */
export function toField(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return "";
  return new Date(time - new Date(time).getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
}

/** The moment that a field means, to the minute; undefined for none. */
export function ofField(text: string): string | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : `${new Date(time).toISOString().slice(0, 16)}Z`;
}
