/** How live what is shown is: the gravest first. */

import type { Seen } from "./store";

export type Standing = "live" | "full" | "missing" | "stuck" | "starting" | "lost" | "offline" | "beginning";

export function standingOf({ board, how }: Pick<Seen, "board" | "how">, online: boolean): Standing {
  if (!online) return "offline";
  if (how.kind === "lost") return "lost";
  if (!board) return "beginning";
  if (board.state !== "live") return board.state;
  return how.kind === "full" ? "full" : "live";
}

/** Whether the values are of now. */
export const isFresh = (standing: Standing): boolean => standing === "live" || standing === "full";
