import "../styles/own_totals.scss";
import type { SheetStat } from "../api/types";
import { signed } from "../items/messages";
import { useCustomStats } from "./asking";
import { fits, SIX, totalOf } from "./totals";

interface Props {
  stats: readonly SheetStat[];
  /** Undefined: any class can wear it. */
  guardian?: string;
}

const ARMOR = new Set(Object.values(SIX));

/** One's own totals of a piece of armour, as it is, under its stats. */
export function OwnTotals({ stats, guardian }: Props) {
  const own = useCustomStats().filter((each) => fits(each, guardian));
  if (!own.length || !stats.some(({ hash }) => ARMOR.has(hash))) return null;
  const by = new Map(stats.map((each) => [each.hash, each]));
  return (
    <div className="stats own">
      {own.map(({ id, label, weights }) => {
        const value = totalOf(weights, (hash) => by.get(hash)?.value) ?? 0;
        const change = value - (totalOf(weights, (hash) => by.get(hash)?.base) ?? 0);
        return (
          <div key={id} className="own-total">
            <div className="st-n">{label}</div>
            <div />
            <div className="st-v">{value.toLocaleString("en")}</div>
            <div className={`st-d ${change > 0 ? "up" : change < 0 ? "down" : "same"}`}>{change ? signed(change) : ""}</div>
          </div>
        );
      })}
    </div>
  );
}
