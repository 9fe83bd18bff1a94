import { useEffect, useRef } from "react";
import type { TransferPlan, Profile, AskedWish } from "../api/types";
import { previewOf } from "../transfers/live";
import { tileOf } from "../vault/tileOf";
import { equip, move, whatOf } from "./acts";
import { startDragging, type Means } from "./drag";
import { guessed, outcomeWords, planned, type Outcome } from "./guess";
import { messages } from "./messages";
import type { Target } from "./target";
import { clearSelection, selection, toggle } from "./selection";
import { tell } from "./told";

/** Milliseconds over one place before the server is asked what exactly would happen. */
const ASK_AFTER = 200;

/** Dragging, for as long as there are tiles. The listeners stay; the profile they speak of is always the latest. */
export function useDragging(profile: Profile): void {
  const latest = useRef(profile);
  useEffect(() => {
    latest.current = profile;
  }, [profile]);
  useEffect(() => {
    const preview = new Preview();
    const means: Means = {
      taken: (id) => {
        const ids = selection().has(id) ? [...selection()] : [id];
        tell(messages.dragging(whatOf(latest.current, ids)));
        return ids;
      },
      tileOf,
      over: (ids, target, say) => {
        const guess = guessOf(latest.current, ids, target);
        preview.forget();
        say(outcomeWords(guess, target.equip), !guess.arrive);
        // What the page knows to be impossible, the server need not be asked.
        if (!guess.arrive) return;
        preview.ask(wishOf(ids, target), (plan) => {
          const outcome = planned(plan, ids.length);
          say(outcomeWords(outcome, target.equip), !outcome.arrive);
        });
      },
      drop: (ids, target) => {
        const now = latest.current;
        const guess = guessOf(now, ids, target);
        if (!guess.arrive) return tell(outcomeWords(guess));
        void (target.equip ? equip(now, ids, target.store) : move(now, ids, target.store));
        if (selection().has(ids[0]!)) clearSelection();
      },
      rested: toggle,
      ended: (dropped) => {
        preview.forget();
        if (!dropped) tell(messages.cancelled);
      },
    };
    return startDragging(means);
  }, []);
}

function guessOf(profile: Profile, ids: string[], { store, equip: worn }: Target): Outcome {
  return guessed(profile, ids.map((id) => ({ id })), store, worn); // prettier-ignore
}

const wishOf = (ids: string[], { store, equip: worn }: Target): AskedWish => ({
  kind: "move",
  items: ids.map((id) => ({ id })),
  to: store,
  ...(worn && { equip: true }),
});

/** Asks once the pointer rests; an answer for a place that was left is not heard. */
class Preview {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  ask(wish: AskedWish, hear: (plan: TransferPlan) => void): void {
    const turn = ++this.turn;
    this.timer = setTimeout(() => {
      previewOf(wish).then(
        (plan) => turn === this.turn && hear(plan),
        () => undefined, // the guess stands
      );
    }, ASK_AFTER);
  }

  forget(): void {
    this.turn += 1;
    clearTimeout(this.timer);
  }
}
