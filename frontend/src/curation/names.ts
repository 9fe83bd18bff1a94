import { plain } from "../search/match";

const LONGEST = 32;

/** How a tag is written in searches, from what it is called: "Give away" is give-away. "": nothing of it can be written. */
export function tagName(label: string): string {
  return plain(label)
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^[-_]+|-+$/g, "")
    .slice(0, LONGEST)
    .replace(/-+$/, "");
}
