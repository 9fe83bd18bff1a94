/** Outline glyphs of the tray and the journal. From Tabler Icons (MIT, copyright Paweł Kuna); `unseen` is made of two of them. */
import { ICONS } from "../ui/icons";

export const MOVE_ICONS = {
  back: "M9 14l-4 -4l4 -4M5 10h11a4 4 0 1 1 0 8h-1",
  "chevron-up": "M6 15l6 -6l6 6",
  cross: "M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M10 10l4 4m0 -4l-4 4",
  help: ICONS["help-circle"],
  hanger:
    "M14 6a2 2 0 1 0 -4 0c0 1.667 .67 3 2 4h-.008l7.971 4.428a2 2 0 0 1 1.029 1.749v.823a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-.823a2 2 0 0 1 1.029 -1.749l7.971 -4.428",
  pause:
    "M6 6a1 1 0 0 1 1 -1h2a1 1 0 0 1 1 1v12a1 1 0 0 1 -1 1h-2a1 1 0 0 1 -1 -1zM14 6a1 1 0 0 1 1 -1h2a1 1 0 0 1 1 1v12a1 1 0 0 1 -1 1h-2a1 1 0 0 1 -1 -1z",
  pin: "M15 4.5l-4 4l-4 1.5l-1.5 1.5l7 7l1.5 -1.5l1.5 -4l4 -4M9 15l-4.5 4.5M14.5 4l5.5 5.5",
  right: "M5 12l14 0M13 18l6 -6M13 6l6 6",
  rotate: "M4.05 11a8 8 0 1 1 .5 4m-.5 5v-5h5",
  stop: "M5 7a2 2 0 0 1 2 -2h10a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2z",
  unlock:
    "M5 13a2 2 0 0 1 2 -2h10a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2zM11 16a1 1 0 1 0 2 0a1 1 0 1 0 -2 0M8 11v-5a4 4 0 0 1 8 0",
  unseen: `${ICONS["circle-dashed"]}M9 12l2 2l4 -4`,
} as const;
