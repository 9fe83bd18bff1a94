export const messages = {
  title: "Journal",
  lead: "Everything that Vault Raider asked Bungie to do for you, and what became of it.",
  search: "Search the journal",
  clear: "Clear the search",
  found: (count: number, more: boolean) =>
    `${count.toLocaleString("en")}${more ? " or more" : ""} ${count === 1 && !more ? "entry" : "entries"}`,

  when: "When",
  item: "Item",
  what: "What",
  way: "From and to",
  asker: "Who asked",
  outcome: "Outcome",
  move: "Move",
  openMove: (title: string) => `Show the move: ${title}`,
  items: (name: string, others: number) => (others ? `${name} and ${others} more` : name),
  pieces: (count: number, name: string) => `${count.toLocaleString("en")} ${name}`,
  to: " to ",
  on: (where: string) => (/^the (vault|shared inventory)$/.test(where) ? `in ${where}` : `on ${where}`),
  today: (day: string) => `Today, ${day}`,

  more: "Load more",
  end: "That is everything.",
  reading: "Reading the journal",
  emptyTitle: "Nothing was moved yet",
  emptyWhy: "Each move, change of equipment and lock is written here before it is made, with who asked for it.",
  noMatch: "Nothing matches",
  noMatchWhy: (query: string) => `No entry has all of “${query}”. Items, guardians, outcomes and who asked are searched.`,
  failed: "The journal could not be read",
  toVault: "Go to the vault",
  noMove: "The move could not be read",
};

/** What was done, in the past: it is a record. */
export const DEEDS = {
  transfer: "Moved",
  pull: "Collected",
  equip: "Equipped",
  "equip-all": "Equipped",
  lock: ["Unlocked", "Locked"],
  track: ["No longer tracked", "Tracked"],
} as const;

/** Why, when it was not wished for itself. */
export const WHYS = {
  wished: "",
  transit: "on the way",
  room: "to make room",
  replacement: "in its place",
  "one-exotic": "one exotic at a time",
  "lock-again": "lock set again",
};

export const OUTCOMES = {
  planned: "Not begun",
  running: "Sent",
  done: "Done, not seen yet",
  seen: "Done and checked",
  contradicted: "Done; Bungie's list says otherwise",
  unconfirmed: "Done; Bungie's list has not shown it",
  superseded: "Done, then changed again",
  refused: "Refused",
  unclear: "Unclear",
  skipped: "Not begun",
};

/** Who asked, as a chip. */
export const ASKERS: Record<string, string> = { page: "You", api: "API", undo: "You, undo", retry: "You, again" };
export const rule = (name: string) => `Rule: ${name}`;
