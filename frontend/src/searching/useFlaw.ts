import { useEffect, useState } from "react";
import type { Answer, Flaw } from "./wire";

/** Milliseconds after the last letter: until then a word that is being typed may still become one that is known. */
const PATIENCE = 700;

/** What is wrong with the search, once it may be said: at once of what was typed before, after a pause of what is being typed. */
export function useFlaw(text: string, answer: Answer | undefined, caret: number, typing: boolean): Flaw | undefined {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PATIENCE);
    return () => clearTimeout(timer);
  }, [text]);
  const flaw = answer?.valid === false ? answer.problem : undefined;
  if (!flaw) return undefined;
  const touched = caret >= flaw.start && caret <= flaw.start + flaw.length;
  return typing && touched && settled !== text ? undefined : flaw;
}

/** The text with the flaw mended, and where the caret stands then. */
export function mended(text: string, flaw: Flaw, by: string): { text: string; caret: number } {
  return { text: text.slice(0, flaw.start) + by + text.slice(flaw.start + flaw.length), caret: flaw.start + by.length };
}
