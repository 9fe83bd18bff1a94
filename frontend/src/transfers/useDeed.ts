import { useState } from "react";
import { sentenceOf } from "../api/client";

export interface Deed {
  /** Which one is under way. */
  doing?: string;
  /** Why the last one failed. */
  problem?: string;
  run: (name: string, deed: () => Promise<unknown>) => void;
}

/** One thing at a time, and what went wrong with it. */
export function useDeed(): Deed {
  const [doing, setDoing] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const run = (name: string, deed: () => Promise<unknown>) => {
    setDoing(name);
    setProblem(undefined);
    deed()
      .catch((error: unknown) => setProblem(sentenceOf(error)))
      .finally(() => setDoing(undefined));
  };
  return { doing, problem, run };
}
