const counted = (count: number, one: string, more = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : more}`;

export const messages = {
  title: "Tags, notes and searches",
  filesTitle: "Take them along",
  filesWhy:
    "The backup has the tags, notes and searches of all your accounts, in the form of Destiny Item Manager, which can import it. The tables have its columns, an item on each line.",
  backup: "Backup",
  tables: { weapons: "Weapons as CSV", armor: "Armour as CSV", ghosts: "Ghosts as CSV" },

  importTitle: "Bring them in",
  importWhy:
    "A backup of Destiny Item Manager or of this server, or a table with the columns Id or Hash, Tag and Notes. You see first what would come of it.",
  choose: "Choose a file",
  other: "Choose another",
  file: "A backup or a table",
  checking: "Looking through the file",
  would: (name: string) => `From ${name} would come:`,
  came: "Imported:",
  tags: (count: number) => `${counted(count, "item")} with another tag`,
  notes: (count: number) => `${counted(count, "item")} with other notes`,
  searches: (count: number) => counted(count, "new search", "new searches"),
  loadouts: (count: number) => `${counted(count, "loadout")}, kept as they are`,
  skipped: (count: number) => `${counted(count, "entry says", "entries say")} nothing new, or belong to another account.`,
  unknown: (count: number) =>
    `${counted(count, "item is", "items are")} not in your account now. What is said of them is kept until they are.`,
  nothing: "There is nothing new in this file.",
  importIt: "Import it",
  importing: "Importing",
  cancel: "Cancel",
  wrong: (count: number) => `${counted(count, "entry", "entries")} left out:`,
  moreWrong: (count: number) => `${count.toLocaleString("en")} more.`,
  undo: "Undo tags and notes",
  undone: (count: number) => `Undone: ${counted(count, "item")} as before.`,

  tagsTitle: "Your own tags",
  tagsWhy: "Beside favorite, keep, infuse, junk and archive. At most 20.",
  noTags: "None yet.",
  tagsFailed: "Your tags could not be read",
  addTag: "Add a tag",
  name: "Name of the tag",
  nameHint: "For example Raid or Give away",
  inQueries: (name: string) => `In searches: tag:${name}`,
  noName: "Give it a name with letters or digits.",
  taken: "You have this tag already.",
  add: "Add it",
  save: "Save",
  worn: (count: number) => (count ? counted(count, "item") : "no item yet"),
  rename: (label: string) => `Rename the tag ${label}`,
  remove: (label: string) => `Delete the tag ${label}`,
  removeSure: (label: string, count: number) =>
    count ? `Delete ${label}? ${counted(count, "item loses", "items lose")} it; notes stay.` : `Delete ${label}? No item has it.`,
  removeIt: "Delete tag",
  removed: (count: number) => (count ? `Deleted; ${counted(count, "item")} lost it.` : "Deleted; no item had it."),

  wishes: "Wish lists",
  wishesWhy: "Files that say which rolls are worth keeping, and the rolls that you wish for yourself.",
  toWishes: "Open wish lists",
};
