import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";

/** Milliseconds after the last letter. */
const PATIENCE = 250;

/** Takes one value of the address's query, or takes it away. */
export function useAsked(): [(name: string) => string | undefined, (name: string, value: string | undefined) => void] {
  const [asked, ask] = useSearchParams();
  const set = (name: string, value: string | undefined) =>
    ask(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return [(name) => asked.get(name) ?? undefined, set];
}

/** Words as they are typed, and as they stand in the address once somebody pauses. */
export function useWords(name: string): [string, (text: string) => void, string] {
  const [asked, ask] = useSearchParams();
  const words = asked.get(name) ?? "";
  const [text, setText] = useState(words);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === words) return;
    const timer = setTimeout(() => {
      ask(
        (before) => {
          const next = new URLSearchParams(before);
          if (wanted) next.set(name, wanted);
          else next.delete(name);
          return next;
        },
        { replace: true },
      );
    }, PATIENCE);
    return () => clearTimeout(timer);
  }, [text, words, name, ask]);
  return [text, setText, words];
}
