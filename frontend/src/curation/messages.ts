const items = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "item" : "items"}`;

export const messages = {
  tag: "Tag",
  tagTip: "Tag (Shift 1 to 5)",
  tagOf: (what: string) => `Tag ${what}`,
  tagNow: (label: string) => `Tagged ${label}. Change (Shift 1 to 5)`,
  noTag: "No tag",
  newTag: "New tag",
  note: "Note",
  noteTip: "Note (N)",
  noteThere: "Has a note. Change (N)",
  // what was done
  tagged: (what: string, label: string) => `${what}: tagged ${label}.`,
  untagged: (what: string) => `${what}: no tag any more.`,
  noted: (what: string) => `${what}: note saved.`,
  unnoted: (what: string) => `${what}: note taken away.`,
  hashed: (what: string, tag: string) => `${what}: ${tag} added.`,
  unhashed: (what: string, tag: string) => `${what}: ${tag} taken out.`,
  nothing: (what: string) => `${what}: nothing to change.`,
  failed: (sentence: string) => `Not saved: ${sentence} Nothing was lost.`,
  undo: "Undo",
  undone: (count: number) => `Undone: ${items(count)} as before.`,
  notUndone: (sentence: string) => `Not undone: ${sentence}`,
  close: "Close",
  // files
  export: "Export",
  exportTip: "Export for a spreadsheet",
  exportAs: "Export as CSV",
  kinds: { weapons: "weapons", armor: "armour", ghosts: "ghosts" },
  listed: (words: string[]) => [words.slice(0, -1).join(", "), words.at(-1)].filter(Boolean).join(" and "),
  noTable: "Only weapons, armour and ghosts go into a table.",
  exported: (count: number, left: number) =>
    `${items(count)} exported.${left ? ` ${left.toLocaleString("en")} ${left === 1 ? "is" : "are"} no weapon, armour or ghost and stayed out.` : ""}`,
  notExported: (sentence: string) => `Not exported: ${sentence}`,
  // the note
  noteOn: (what: string) => `Note on ${what}`,
  notes: "Notes",
  notesHint: "Words with # in front can be searched: notes:#pve",
  different: (count: number) => `These ${items(count)} have different notes. What you write here takes the place of all of them.`,
  hashtags: "Hashtags",
  hashtag: "Hashtag",
  addHashtag: "Add a hashtag",
  addHash: "Add",
  takeHash: "Take out",
  toAll: (count: number) => `A hashtag for all ${items(count)}; their notes stay.`,
  save: "Save",
  cancel: "Cancel",
  left: (left: number) => `${left.toLocaleString("en")} characters left`,
  // a tag of one's own
  label: "Name of the tag",
  labelHint: "For example Raid or Give away",
  inQueries: (name: string) => `In searches: tag:${name}`,
  make: "Make and use it",
  // the sheet
  yourNote: "Your note",
  change: "Change",
  wants: (list: string | undefined, lists: number) =>
    lists > 1 ? `${lists} wish lists want this roll.` : list ? `“${list}” wants this roll.` : "A wish list wants this roll.",
  unwanted: (list: string | undefined, lists: number) =>
    lists > 1
      ? `${lists} wish lists advise against this roll.`
      : list
        ? `“${list}” advises against this roll.`
        : "A wish list advises against this roll.",
  wish: "on a wish list",
  against: "a wish list advises against it",
};

export const LABELS: Record<string, string> = {
  favorite: "Favorite",
  keep: "Keep",
  infuse: "Infuse",
  junk: "Junk",
  archive: "Archive",
};
