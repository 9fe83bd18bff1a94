export const messages = {
  siblings: "Guardians",
  power: "Power",
  maxPower: "Highest power",
  dropPower: "Drops at",
  time: "Played for",
  mail: "Postmaster",
  clan: "Clan",
  title: "Title",
  stats: "Stats",
  worn: "Wears now",
  carried: "Carries",
  of: (used: number, capacity?: number) => (capacity ? `${used} of ${capacity}` : String(used)),
  empty: "Nothing here.",
  name: "Nickname",
  nameWhy: "Yours alone: Bungie does not know it.",
  edit: "Name this guardian",
  rename: "Change the nickname",
  save: "Save",
  cancel: "Cancel",
  postmasterRow: "Postmaster",
  gone: "There is no such guardian",
  goneWhy: "It may have been deleted, or it belongs to another account.",
  all: "All guardians in the vault",
};

export const GROUPS = {
  weapons: "Weapons",
  armor: "Armour",
  general: "General",
  inventory: "Inventory",
  other: "Other",
  postmaster: "Postmaster",
} as const;

export const LONGEST_NAME = 24;
