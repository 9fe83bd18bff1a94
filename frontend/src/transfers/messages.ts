export const messages = {
  moves: "Moves",
  notSent: "It could not be sent. Try again.",
  sending: "Sending",
};
