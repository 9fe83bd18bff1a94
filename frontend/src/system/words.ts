/** The server's state as people say it. */

import { clock } from "../freshness/words";
import { messages } from "./messages";
import type { Job, Run, Version } from "./wire";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "640 KB", "121 MB", "1.4 GB": of a thousand each, as discs are sold. */
export function bytes(count: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** "0.9 s", "14 s", "2 min 5 s", "1 h 3 min". */
export function took(seconds: number): string {
  if (seconds < 0.05) return "< 0.1 s";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return two(Math.floor(whole / MINUTE), "min", whole % MINUTE, "s");
  return two(Math.floor(whole / HOUR), "h", Math.floor((whole % HOUR) / MINUTE), "min");
}

const two = (great: number, greater: string, small: number, smaller: string) =>
  small ? `${great} ${greater} ${small} ${smaller}` : `${great} ${greater}`;

/** How long the server has been up: "12 days", "3 h", "5 min". */
export function uptime(seconds: number): string {
  if (seconds >= 2 * DAY) return `${Math.floor(seconds / DAY)} days`;
  if (seconds >= HOUR) return `${Math.floor(seconds / HOUR)} h`;
  return `${Math.max(1, Math.floor(seconds / MINUTE))} min`;
}

/** A time to come: "in 48 s", "in 3 min", "03:30", "23 Nov 03:30". */
export function until(then: number, now: number): string {
  const left = Math.ceil((then - now) / 1000);
  if (left <= 0) return messages.soon;
  if (left < MINUTE) return messages.in(`${left} s`);
  if (left < HOUR) return messages.in(`${Math.ceil(left / MINUTE)} min`);
  return clock(then, now);
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** When a version was in use: "since 9 Nov", "28 Oct to 9 Nov". */
export function period(version: Version): string {
  if (!version.from) return messages.never;
  const from = dayFormat.format(Date.parse(version.from));
  if (!version.until) return messages.sinceDay(from);
  const to = dayFormat.format(Date.parse(version.until));
  return from === to ? from : messages.fromTo(from, to);
}

/** "3 added, 12 changed". Absent: nothing is known to compare with. */
export function changed(changes: NonNullable<Version["changes"]>): string {
  const parts = (["added", "changed", "removed", "unclassified"] as const)
    .filter((kind) => changes[kind] > 0)
    .map((kind) => messages.counted[kind](changes[kind].toLocaleString("en")));
  return parts.join(", ") || messages.nothingChanged;
}

export type JobState = "running" | "queued" | "failed" | "cancelled" | "fine" | "new";

/** What a job is about: what it does now, else how it ended last. */
export function stateOf(job: Job): JobState {
  if (job.running) return job.running.state === "queued" ? "queued" : "running";
  if (!job.last) return "new";
  return job.last.state === "failed" ? "failed" : job.last.state === "cancelled" ? "cancelled" : "fine";
}

/** What a run says of itself: why it failed, else what it does or what came of it. */
export const saidOf = (run: Run): string => run.reason ?? run.sentence ?? "";

/** Who asked for a run. */
export const askerOf = (run: Run): string => messages.askers[run.asked_by] ?? run.asked_by;

/** One line over the page: what needs somebody. Undefined: all works. */
export function trouble(jobs: readonly Job[], backups: string | undefined): string | undefined {
  const failed = jobs.filter((each) => stateOf(each) === "failed").map((each) => each.title);
  if (failed.length) return messages.jobsNeed(failed);
  return backups;
}
