import { messages } from "./messages";
import type { Suggestion, SuggestionKind } from "./wire";

type GroupName = keyof typeof messages.groups;

const GROUP_OF: Partial<Record<SuggestionKind, GroupName>> = {
  filter: "filters",
  value: "filters",
  perk: "filters",
  item: "items",
  saved: "kept",
  recent: "kept",
};
const ORDER = Object.keys(messages.groups) as GroupName[];

/** Taken as a whole, they are a search; the others are a step on the way to one. */
const WHOLE = new Set<SuggestionKind>(["item", "saved", "recent"]);
export const isWhole = (suggestion: Suggestion) => WHOLE.has(suggestion.kind);

export interface SuggestionGroup {
  name: GroupName;
  title: string;
  /** Each with its place in the whole list, by which the arrow keys go. */
  members: { suggestion: Suggestion; index: number }[];
}

/** In groups, in the order in which they are shown; within a group the server's order stays. Help stands at the foot anyway. */
export function grouped(suggestions: readonly Suggestion[]): SuggestionGroup[] {
  let index = 0;
  return ORDER.map((name) => ({
    name,
    title: messages.groups[name],
    members: suggestions.filter((each) => GROUP_OF[each.kind] === name).map((suggestion) => ({ suggestion, index: index++ })),
  })).filter((group) => group.members.length);
}

/** `shown` cut into what is underlined and what is not. */
export function underlined({ shown, match }: Pick<Suggestion, "shown" | "match">): { text: string; marked: boolean }[] {
  const parts: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const [start, length] of match ?? []) {
    parts.push({ text: shown.slice(at, start), marked: false }, { text: shown.slice(start, start + length), marked: true });
    at = start + length;
  }
  parts.push({ text: shown.slice(at), marked: false });
  return parts.filter((part) => part.text);
}
