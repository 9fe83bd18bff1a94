export const messages = {
  title: "Vault",
  postmaster: "Postmaster",
  other: "Other",
  shared: "shared",
  sharedByAll: "Shared by all guardians",
  on: (name: string) => `On ${name}`,
  inVault: "In the vault",
  of: (used: number, capacity: number) => `${used} of ${capacity}`,
  free: (free: number) => (free === 0 ? "full" : `${free.toLocaleString("en")} free`),
  meter: (percent: number) => `Vault ${percent} percent full`,
  group: "Group",
  sort: "Sort",
  compact: "Compact tiles",
  showAll: (count: number) => `Show all ${count} in the vault`,
  showFewer: "Show fewer",
  power: (power: number) => `Power ${power}`,
  maxPower: (power: string) => `max ${power}`,
  maxPowerLong: (power: string) => `Highest power you could wear: ${power}`,
  mail: (used: number, capacity: number) =>
    `${used} of ${capacity} in the postmaster${used > capacity - 6 ? ", nearly full" : ""}`,
  played: "Played",
  playing: "Playing",
  asOf: "As of",
  guardians: "Guardians and vault",
  categories: "Categories",
  postmasterNearlyFull: (name: string, left: number) =>
    left === 0 ? `${name} has no place left.` : `${name} has ${left} ${left === 1 ? "place" : "places"} left.`,
  oldestLost: (capacity: number) => `When all ${capacity} are taken, the oldest item is lost.`,
  collect: (count: number) => `Collect ${count}`,
  otherWhy: "Kept in places this version does not know by name. Nothing is hidden.",
  counted: (count: number, total: number) => `${count.toLocaleString("en")} of ${total.toLocaleString("en")} items match`,
};

export const SORTS = { rarity: "rarity", power: "power", name: "name", newest: "newest" } as const;
export const GROUPS = { type: "type", rarity: "rarity", element: "element", none: "none" } as const;
