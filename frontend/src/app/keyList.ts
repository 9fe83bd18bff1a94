/** Every key, for the list that `?` shows; comes with that list. */
export const KEY_LIST: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Everywhere",
    keys: [
      [["/"], "search (F too)"],
      [["R"], "read from Bungie now"],
      [["G", "V"], "vault"],
      [["G", "C"], "guardians"],
      [["G", "X"], "Xûr"],
      [["G", "T"], "timeline"],
      [["M"], "moves"],
      [["G", "J"], "journal"],
      [["G", "N"], "messages"],
      [["G", "Y"], "system"],
      [["G", "S"], "settings"],
      [["?"], "this list"],
      [["Esc"], "close, then clear the selection, then the search"],
    ],
  },
  {
    title: "Items",
    keys: [
      [["←", "↑", "↓", "→"], "move among items"],
      [["Home", "End"], "first and last of the row"],
      [["Tab"], "next row"],
      [["Enter"], "open"],
      [["H"], "life line: all that is remembered of it"],
      [["J"], "next item in the sheet"],
      [["K"], "previous item in the sheet"],
      [["Space"], "select (Ctrl and click, too)"],
      [["Shift", "→"], "select on (Shift and click, too)"],
      [["Ctrl", "A"], "select all that match, or the whole block"],
    ],
  },
  {
    title: "In the past",
    keys: [
      [[","], "the event before"],
      [["."], "the event after"],
      [["0"], "back to now"],
    ],
  },
  {
    title: "With what is selected, open or in focus",
    keys: [
      [["1", "2", "3"], "to the first, second, third guardian"],
      [["V"], "to the vault (4 too)"],
      [["P"], "pull to the current guardian"],
      [["E"], "equip on the current guardian (double press, too)"],
      [["L"], "lock, unlock"],
      [["Shift", "1…5"], "tag favorite, keep, infuse, junk, archive"],
      [["Shift", "0"], "take the tag away"],
      [["N"], "note"],
      [["Menu"], "all that can be done (Shift and F10, too)"],
      [["Ctrl", "Z"], "undo what was moved, tagged or noted last"],
    ],
  },
];
