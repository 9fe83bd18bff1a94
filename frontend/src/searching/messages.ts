const items = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "item" : "items"}`;

export const messages = {
  items,
  suggestions: "Suggestions",
  groups: { filters: "Complete the filter", items: "Items", kept: "Saved and recent" },
  own: (count: number) => `you own ${count.toLocaleString("en")}`,
  savedAs: (name: string) => `Saved as “${name}”`,
  choose: "choose",
  complete: "complete",
  search: "search",
  close: "close",
  all: (total?: number) => (total ? `All ${total.toLocaleString("en")} filters` : "All filters"),

  begin: "Words find items by name, type, perks and notes. Filters ask for more: is:bow, tag:junk, power:>=540.",
  meant: "Did you mean",
  stays: "The list still shows your last valid search.",
  nothingYet: "Nothing is filtered until this is mended.",
  flawed: (sentence: string) => `This search cannot be understood: ${sentence}`,
  past: "In the past only words are found. Filters look at the vault as it is now.",
  away: "Filters need the server, which does not answer. Plain words still find things.",

  save: "Save this search",
  saved: "Saved. Rename or forget",
  saveTitle: "Save this search",
  renameTitle: "Saved search",
  name: "Name",
  nameHint: "You may leave it empty.",
  doSave: "Save",
  forget: "Forget",
  cancel: "Cancel",

  noMatch: "Nothing matches",
  without: (query: string, count: number) => `With “${query}” alone ${items(count)} ${count === 1 ? "matches" : "match"}.`,
  none: "No item has these words in its name, type, perks or notes.",
  drop: (query: string) => `Search for “${query}”`,
  clear: "Clear the search",
};
