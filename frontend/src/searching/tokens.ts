/**
 * A search cut into pieces to colour: a light reading of what is typed, good enough for the eye at every letter. What the search
 * means, and whether it means anything, the server tells.
 */

export type Look = "plain" | "key" | "value" | "not" | "word" | "comment";

export interface Piece {
  text: string;
  look: Look;
  /** Where the server found the flaw. */
  flawed?: boolean;
}

/** In this order: a comment, a minus, a bracket, a quoted text, a key with its colon, a word, anything else. */
const PART =
  /(\/\*[^]*?(?:\*\/|$))|(-(?=[^\s-]))|([()])|(["'“”‘’][^"'“”‘’]*["'“”‘’]?)|([^\s:"'“”‘’()]+:)|([^\s()"'“”‘’]+)|(\s+|[^])/gy;
const JOINS = new Set(["and", "or", "not"]);

export function piecesOf(text: string, flaw?: { start: number; length: number }): Piece[] {
  return marked(cut(text), flaw);
}

function cut(text: string): Piece[] {
  const pieces: Piece[] = [];
  /** Of a filter whose value comes next. */
  let keyed = false;
  for (const [all, comment, minus, bracket, quoted, key, word] of text.matchAll(PART)) {
    let look: Look = "plain";
    if (comment !== undefined) look = "comment";
    else if (minus !== undefined && !keyed) look = "not";
    else if (key !== undefined && !keyed) look = key.toLowerCase() === "not:" ? "not" : "key";
    else if (bracket === undefined && ((keyed && all.trim()) || quoted !== undefined)) look = "value";
    else if (word !== undefined) look = JOINS.has(word.toLowerCase()) ? (word.toLowerCase() === "not" ? "not" : "word") : "plain";
    // A value goes on until white space or a bracket: what follows `perk:"` and what follows `stat:a+b:` alike.
    keyed = look === "key" || all === "not:" || (keyed && bracket === undefined && all.trim() !== "");
    const last = pieces.at(-1);
    if (last?.look === look) last.text += all;
    else pieces.push({ text: all, look });
  }
  return pieces;
}

/** A flaw may begin and end in the middle of a piece. */
function marked(pieces: Piece[], flaw?: { start: number; length: number }): Piece[] {
  if (!flaw || flaw.length < 1) return pieces;
  const end = flaw.start + flaw.length;
  const result: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const [from, to] = [flaw.start - at, end - at].map((each) => Math.max(0, Math.min(piece.text.length, each))) as [
      number,
      number,
    ];
    const cuts: [string, boolean][] = [
      [piece.text.slice(0, from), false],
      [piece.text.slice(from, to), true],
      [piece.text.slice(to), false],
    ];
    for (const [text, flawed] of cuts) if (text) result.push(flawed ? { ...piece, text, flawed } : { ...piece, text });
    at += piece.text.length;
  }
  return result;
}

/** A search without its last part; undefined when it has only one. Brackets and quotes stay whole. */
export function shorter(text: string): string | undefined {
  const trimmed = text.trim();
  let depth = 0;
  let cutAt = 0;
  for (let at = 0; at < trimmed.length;) {
    const rest = trimmed.slice(at);
    const whole = /^(?:\/\*[^]*?(?:\*\/|$)|"[^"]*"?|'[^']*'?)/.exec(rest)?.[0];
    if (!whole && depth === 0 && /\s/.test(trimmed[at]!)) cutAt = at;
    if (trimmed[at] === "(") depth++;
    else if (trimmed[at] === ")") depth = Math.max(0, depth - 1);
    at += whole?.length ?? 1;
  }
  // What joined the last part to the rest goes along with it.
  return (
    trimmed
      .slice(0, cutAt)
      .replace(/(?:\s+(?:and|or|not))+$/i, "")
      .trim() || undefined
  );
}
