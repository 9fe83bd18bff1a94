/** What a first load needs of it; the rest is in `tray_messages`. */
export const messages = {
  moves: "Moves",
  open: (running: number, needing: number) =>
    ["Moves (M)", running && `${running} under way`, needing && `${needing} need${needing === 1 ? "s" : ""} you`]
      .filter(Boolean)
      .join(", "),
  notSent: "It could not be sent. Try again.",
};
