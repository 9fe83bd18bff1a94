/** What came of a file, or would come of it, in words. */

import type { Imported } from "./asking";
import { messages } from "./messages";

/** What is new, a line each; none where nothing is. */
export function newOf({ tags, notes, searches, stats, loadouts }: Imported): string[] {
  return [
    tags > 0 && messages.tags(tags),
    notes > 0 && messages.notes(notes),
    searches > 0 && messages.searches(searches),
    stats > 0 && messages.stats(stats),
    loadouts > 0 && messages.loadouts(loadouts),
  ].filter((each): each is string => Boolean(each));
}

/** What is to be known beside that. */
export function besides({ skipped, unknown_items: unknown }: Imported): string[] {
  return [skipped > 0 && messages.skipped(skipped), unknown > 0 && messages.unknown(unknown)].filter((each): each is string =>
    Boolean(each),
  );
}
