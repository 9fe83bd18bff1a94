import { useEffect, useState } from "react";
import type { Answer, Flaw } from "./wire";

/** `hint`: the search is understood, and may have been meant otherwise. */
export type Remark = Flaw & { hint: boolean };

/** Milliseconds after the last letter: until then a word that is being typed may still become one that is known. */
const PATIENCE = 700;

/** What is wrong with the search, once it may be said: at once of what was typed before, after a pause of what is being typed. */
export function useFlaw(text: string, answer: Answer | undefined, caret: number, typing: boolean): Remark | undefined {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PATIENCE);
    return () => clearTimeout(timer);
  }, [text]);
  const flaw = answer?.problem;
  if (!flaw) return undefined;
  const touched = caret >= flaw.start && caret <= flaw.start + flaw.length;
  return typing && touched && settled !== text ? undefined : { ...flaw, hint: answer.valid };
}

/** The text with the flaw mended, and where the caret stands then. */
export function mended(text: string, flaw: Flaw, by: string): { text: string; caret: number } {
  return { text: text.slice(0, flaw.start) + by + text.slice(flaw.start + flaw.length), caret: flaw.start + by.length };
}
