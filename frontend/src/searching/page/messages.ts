const items = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "item" : "items"}`;

export const messages = {
  items,
  vault: "Vault",
  title: "Search",
  lead: "Words find items by name, type, perks and notes. Filters ask for anything else that is known of them. Press an example to see what it finds in your vault.",

  language: "Together",
  joins: [
    ["is:bow is:solar", "Both: a space, or the word and"],
    ["is:bow or is:sword", "One or the other"],
    ["-is:locked", "The opposite: a minus, or not:"],
    ["is:weapon (is:arc or is:void)", "Brackets group"],
    ['perk:"kill clip"', "Quotes hold words together"],
    ["power:>=540", "Numbers: = < <= > >="],
    ["/* clean up */ tag:junk", "A remark for yourself"],
  ] as [string, string][],

  filters: "Filters",
  find: "Find a filter",
  finding: (shown: number, total: number) =>
    shown === total
      ? `${total.toLocaleString("en")} filters`
      : `${shown.toLocaleString("en")} of ${total.toLocaleString("en")} filters`,
  noFilter: (words: string) => `No filter speaks of “${words}”.`,
  failed: "The filters could not be read",
  reading: "Reading the filters",
  insert: (text: string) => `Write ${text} into the search field`,
  example: (query: string, count?: number) => `Show ${query}${count === undefined ? "" : `: ${items(count)}`}`,
  values: (count: number) => `All ${count.toLocaleString("en")} values`,
  overloads: "Also these words for numbers",
  stats: "Stats",
  deprecated: (instead: string) => `Still understood. Better: ${instead}`,

  saved: "Saved searches",
  noSaved: "None yet. The bookmark in the search field keeps the search that stands there.",
  recent: "Recent searches",
  noRecent: "What you search for appears here.",
  failedSearches: "Your searches could not be read",
  rename: (query: string) => `Rename ${query}`,
  forget: (query: string) => `Forget ${query}`,
  keep: (query: string) => `Save ${query}`,
  forgetIt: "Forget",
  cancel: "Cancel",
  save: "Save",
  name: "Name",
  uses: (uses: number, when: string) => (uses > 1 ? `${uses.toLocaleString("en")} times, ${when}` : when),
  sure: "Forget this search?",

  tags: "Your own tags",
  noTags: "None yet. Tag an item and choose New tag.",
  dropTag: (label: string) => `Delete the tag ${label}`,
  dropSure: (label: string) => `Delete ${label}? Items that have it lose it; their notes stay.`,
  dropped: (count: number) => (count ? `Deleted; ${items(count)} lost it.` : "Deleted; no item had it."),
  drop: "Delete",
};
