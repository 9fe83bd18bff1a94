/** Outline glyphs of channels and messages: of their kind, not of a brand. From Tabler Icons (MIT, copyright Paweł Kuna). */

import { ICONS } from "../ui/icons";

export const CHANNEL_ICONS = {
  bell: "M10 5a2 2 0 0 1 4 0a7 7 0 0 1 4 6v3a4 4 0 0 0 2 3h-16a4 4 0 0 0 2 -3v-3a7 7 0 0 1 4 -6M9 17v1a3 3 0 0 0 6 0v-1M21 6.727a11.05 11.05 0 0 0 -2.794 -3.727M3 6.727a11.05 11.05 0 0 1 2.792 -3.727",
  slack: "M5 9l14 0M5 15l14 0M11 4l-4 16M17 4l-4 16",
  discord:
    "M21 14l-3 -3h-7a1 1 0 0 1 -1 -1v-6a1 1 0 0 1 1 -1h9a1 1 0 0 1 1 1v10M14 15v2a1 1 0 0 1 -1 1h-7l-3 3v-10a1 1 0 0 1 1 -1h2",
  mail: "M3 7a2 2 0 0 1 2 -2h14a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-10M3 7l9 6l9 -6",
  webhook:
    "M4.876 13.61a4 4 0 1 0 6.124 3.39h6M15.066 20.502a4 4 0 1 0 1.934 -7.502c-.706 0 -1.424 .179 -2 .5l-3 -5.5M16 8a4 4 0 1 0 -8 0c0 1.506 .77 2.818 2 3.5l-3 5.5",
  dots: "M4 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0M11 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0M18 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0",
  terminal: "M8 9l3 3l-3 3M13 15l3 0M3 6a2 2 0 0 1 2 -2h14a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2l0 -12",
} as const;

export const SEND = "M10 14l11 -11M21 3l-6.5 18a.55 .55 0 0 1 -1 0l-3.5 -7l-7 -3.5a.55 .55 0 0 1 0 -1l18 -6.5";

/** By the name that a channel's kind has in its form. What is new there is a bell here. */
export const glyphOf = (name: string | undefined): string =>
  (CHANNEL_ICONS as Record<string, string>)[name ?? ""] ?? CHANNEL_ICONS.bell;

export const LEVEL_ICONS = {
  info: ICONS["info-circle"],
  good: ICONS["circle-check"],
  warn: ICONS["alert-triangle"],
  bad: ICONS["alert-circle"],
} as const;
