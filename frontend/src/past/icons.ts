/** Outline glyphs of what happens. From Tabler Icons (MIT, copyright Paweł Kuna). */

import { ICONS } from "../ui/icons";
import type { Happening } from "./types";

export const PAST_ICONS = {
  compare:
    "M4 6a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M16 18a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M11 6h5a2 2 0 0 1 2 2v8M14 9l-3 -3l3 -3M13 18h-5a2 2 0 0 1 -2 -2v-8M10 15l3 3l-3 3",
  minus: "M5 12l14 0",
  now: "M5 5v14M19 5v14l-11 -7l11 -7",
  rise: "M3 17l6 -6l4 4l8 -8M14 7l7 0l0 7",
  shirt: "M15 4l6 2v5h-3v8a1 1 0 0 1 -1 1h-10a1 1 0 0 1 -1 -1v-8h-3v-5l6 -2a3 3 0 0 0 6 0",
  wand: "M6 21l15 -15l-3 -3l-15 15l3 3M15 6l3 3M9 3a2 2 0 0 0 2 2a2 2 0 0 0 -2 2a2 2 0 0 0 -2 -2a2 2 0 0 0 2 -2M19 13a2 2 0 0 0 2 2a2 2 0 0 0 -2 2a2 2 0 0 0 -2 -2a2 2 0 0 0 2 -2",
} as const;

const BY_KIND: Record<Happening["kind"], string> = {
  acquired: ICONS.package,
  lost: ICONS["door-exit"],
  moved: ICONS.transfer,
  equipped: PAST_ICONS.shirt,
  stack: ICONS["layout-grid"],
  power: PAST_ICONS.rise,
  perk: PAST_ICONS.wand,
  locked: ICONS.lock,
  masterwork: PAST_ICONS.wand,
  crafted: PAST_ICONS.wand,
  tracked: ICONS.target,
  "postmaster-in": ICONS.mailbox,
  "postmaster-out": ICONS.mailbox,
  currency: ICONS["layout-grid"],
  loadout: PAST_ICONS.shirt,
  "character-created": ICONS.user,
  "character-deleted": ICONS.user,
};

export const iconOf = ({ kind }: Happening): string => BY_KIND[kind];

/** What was won stands out, and what is gone. */
export const toneOf = ({ kind, group }: Happening): string =>
  group === "gone" ? "bad" : group === "found" || kind === "power" ? "acc" : kind === "masterwork" ? "brass" : "";
