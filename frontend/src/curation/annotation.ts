/** What a player and their wish lists say of items, as the tiles show it. */

import type { Annotation, Item, Profile, Verdict } from "../api/types";
import type { GlyphName } from "../ui/glyphs";

/** In the order of their keys, Shift and 1 to 5. */
export const TAGS = ["favorite", "keep", "infuse", "junk", "archive"] as const;

/** Copies have a say of their own; all stacks of a kind share one. */
export const keyOf = (item: Item): string => (item.id.startsWith("s-") ? `h-${item.hash}` : item.id);

export const annotationOf = (profile: Profile, item: Item): Annotation | undefined => profile.annotations?.[keyOf(item)];

export const verdictOf = (profile: Profile, item: Item): Verdict | undefined => profile.verdicts?.[item.id];

/** One of one's own has no sign of its own. */
export const glyphOfTag = (tag: string): GlyphName =>
  (TAGS as readonly string[]).includes(tag) ? (`tag-${tag}` as GlyphName) : "tag-own";

/** What a tile shows of all this; plain values, so that a tile is drawn anew only when one of them changes. */
export interface Remarks {
  tag?: string;
  noted?: boolean;
  /** Thumb up or down. */
  wanted?: boolean;
}

export function remarksOn(profile: Profile, item: Item): Remarks {
  const said = annotationOf(profile, item);
  return { tag: said?.tag, noted: said?.notes ? true : undefined, wanted: verdictOf(profile, item)?.wanted };
}

/** "tag keep, has a note, wish-list roll" */
export function remarksSentence({ tag, noted, wanted }: Remarks): string {
  const thumb = wanted === undefined ? undefined : wanted ? "wish-list roll" : "unwanted roll";
  return [tag && `tag ${tag}`, noted && "has a note", thumb].filter(Boolean).join(", ");
}
