import type { Category } from "./wire";

const counted = (count: number, one: string, more: string) => `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
const items = (count: number) => counted(count, "item", "items");
const amounts: Record<Category, (count: number) => string> = {
  weapons: (count) => counted(count, "weapon", "weapons"),
  armor: (count) => counted(count, "piece of armour", "pieces of armour"),
  other: (count) => counted(count, "other item", "other items"),
};
const noneOf: Record<Category, string> = { weapons: "no weapon", armor: "no armour", other: "nothing else" };

export const messages = {
  title: "Organizer",
  theTable: "the table",
  kind: "Kind",
  kinds: { weapons: "Weapons", armor: "Armour", other: "Other" },
  guardian: "Class",
  guardians: { all: "All", titan: "Titan", hunter: "Hunter", warlock: "Warlock" },
  slot: "Slot",
  anySlot: "all",
  adviceLabel: "Advice",
  advices: {
    all: "any",
    beaten: "beaten by another",
    best: "best in its slot",
    wanted: "wanted roll",
    unwanted: "unwanted roll",
    loadouts: "in a loadout",
    none: "none",
  },
  stats: "Stats",
  bases: { base: "base", now: "as they are", mastered: "as masterworked" },
  // the table
  table: (count: number) => `${items(count)}; arrows move, Enter narrows the search, Space selects`,
  scrolls: "Items, scrolls both ways",
  selectAll: "Select all that are shown",
  select: (name: string) => `Select ${name}`,
  name: "Name",
  tier: (tier: number) => `Tier ${tier}`,
  none: "–",
  narrow: (term: string) => `Narrow the search: ${term}`,
  sortBy: (title: string) => `Sort by ${title}. With Shift: as the next order`,
  ordered: (place: number) => `order ${place}`,
  locked: "locked",
  masterwork: "masterwork",
  crafted: "crafted",
  noted: "has a note",
  // advice
  beaten: (count: number) => `Beaten by ${count.toLocaleString("en")}`,
  beatenLong: (name: string, count: number) =>
    `${name} is beaten in every stat by ${count === 1 ? "another one" : `${count.toLocaleString("en")} others`}. Compare them`,
  best: "Best in its slot",
  inLoadouts: (names: readonly string[]) =>
    names.length === 1 && names[0] ? `In “${names[0]}”` : `In ${names.length} ${names.length === 1 ? "loadout" : "loadouts"}`,
  wanted: "Wanted roll",
  unwanted: "Unwanted roll",
  // columns and order
  columns: "Columns",
  columnsOf: (kind: string) => `Columns and order: ${kind.toLowerCase()}`,
  reset: "As in the beginning",
  order: "Order",
  orderWhy: "The first decides; where it is equal, the next one does. Shift and a press on a column’s head adds one, too.",
  down: "highest first",
  up: "lowest first",
  turn: (title: string, down: boolean) => `${title}: ${down ? "highest" : "lowest"} first. Turn round`,
  dropOrder: (title: string) => `No order by ${title}`,
  addOrder: "Then by",
  choose: "choose a column",
  close: "Close",
  parts: { item: "Item", stats: "Stats", perks: "Perks", about: "About it", yours: "Yours" },
  // export
  csv: "CSV",
  csvTip: "What is shown, as a table in the columns that scripts know",
  csvNot: "Only weapons, armour and ghosts can be had as a table",
  csvLong: "These are too many to name one by one. Narrow the table, or set Advice to any",
  // states
  nothing: "Nothing here matches",
  nothingYet: "There is nothing of this kind",
  elsewhere: (count: number) => `${items(count)} of this kind match the search, with other choices above.`,
  showThem: "Drop the choices",
  otherwise: (kind: Category, others: readonly [Category, number][]) =>
    `The search finds ${others.map(([other, count]) => amounts[other](count)).join(" and ")}, and ${noneOf[kind]}.`,
  showKind: (kind: Category, count: number) => `Show the ${amounts[kind](count)}`,
  foundNothing: "The search finds nothing, of other kinds neither.",
  clear: "Clear the search",
  factsFailed: "Perks, advice and dates could not be read.",
  retry: "Try again",
  reading: "Reading perks and advice",
};
