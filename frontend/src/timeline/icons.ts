/** Outline glyphs that only the timeline needs. From Tabler Icons (MIT, copyright Paweł Kuna). */

import { ICONS } from "../ui/icons";
import type { EventKind, Group, HistoryEvent } from "./types";

export const TIMELINE_ICONS = {
  coin: "M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M14.8 9a2 2 0 0 0 -1.8 -1h-2a2 2 0 1 0 0 4h2a2 2 0 1 1 0 4h-2a2 2 0 0 1 -1.8 -1M12 7v10",
  "git-compare":
    "M4 6a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M16 18a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M11 6h5a2 2 0 0 1 2 2v8M14 9l-3 -3l3 -3M13 18h-5a2 2 0 0 1 -2 -2v-8M10 15l3 3l-3 3",
  "lock-open":
    "M5 13a2 2 0 0 1 2 -2h10a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2l0 -6M11 16a1 1 0 1 0 2 0a1 1 0 0 0 -2 0M8 11v-5a4 4 0 0 1 8 0",
  minus: "M5 12l14 0",
  pin: "M15 4.5l-4 4l-4 1.5l-1.5 1.5l7 7l1.5 -1.5l1.5 -4l4 -4M9 15l-4.5 4.5M14.5 4l5.5 5.5",
  shirt: "M15 4l6 2v5h-3v8a1 1 0 0 1 -1 1h-10a1 1 0 0 1 -1 -1v-8h-3v-5l6 -2a3 3 0 0 0 6 0",
  star: "M12 17.75l-6.172 3.245l1.179 -6.873l-5 -4.867l6.9 -1l3.086 -6.253l3.086 6.253l6.9 1l-5 4.867l1.179 6.873l-6.158 -3.245",
  "trending-down": "M3 7l6 6l4 -4l8 8M21 10l0 7l-7 0",
  "trending-up": "M3 17l6 -6l4 4l8 -8M14 7l7 0l0 7",
} as const;

const KINDS: Record<EventKind, string> = {
  acquired: ICONS.package,
  lost: ICONS["door-exit"],
  moved: ICONS.transfer,
  equipped: TIMELINE_ICONS.shirt,
  stack: ICONS.copy,
  power: TIMELINE_ICONS["trending-up"],
  perk: ICONS.pencil,
  locked: ICONS.lock,
  masterwork: TIMELINE_ICONS.star,
  crafted: ICONS.pencil,
  tracked: TIMELINE_ICONS.pin,
  "postmaster-in": ICONS.mailbox,
  "postmaster-out": ICONS.mailbox,
  currency: TIMELINE_ICONS.coin,
  loadout: TIMELINE_ICONS.shirt,
  "character-created": ICONS.user,
  "character-deleted": ICONS["door-exit"],
};

/** What stands before an event, and whether it is good news or bad. */
export function iconOf({ kind, group, before, after }: HistoryEvent): { path: string; tone: string } {
  const [old, now] = [before, after] as Record<string, unknown>[];
  if (kind === "locked" && !now!.locked) return { path: TIMELINE_ICONS["lock-open"], tone: "" };
  if (kind === "power") {
    const up = Number(now!.power) >= Number(old!.power);
    return { path: TIMELINE_ICONS[up ? "trending-up" : "trending-down"], tone: up ? "acc" : "" };
  }
  return { path: KINDS[kind], tone: TONES[group] };
}

const TONES: Record<Group, string> = { found: "acc", moved: "", changed: "", gone: "bad" };
