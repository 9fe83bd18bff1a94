import type { ReactNode } from "react";
import type { SheetStat } from "../api/types";
import { messages, signed } from "./messages";

const SCALE = 100;

/** Each stat as a bar: base solid, masterwork hatched, mods dotted, and its number; plain numbers where a bar says nothing. */
export function StatBars({ stats, below }: { stats: SheetStat[]; below?: ReactNode }) {
  const hatched = stats.some((each) => each.masterwork);
  const dotted = stats.some((each) => each.mods);
  return (
    <>
      <div className="stats">
        {stats.map((stat) => (
          <StatBar key={stat.hash} stat={stat} />
        ))}
      </div>
      {below}
      {(hatched || dotted) && (
        <p className="t-12 t-3 mt-2 mb-0">
          {hatched && messages.hatched} {dotted && messages.mods}
        </p>
      )}
    </>
  );
}

function StatBar({ stat }: { stat: SheetStat }) {
  const { name, value, base, masterwork = 0, mods = 0 } = stat;
  const scale = Math.max(stat.maximum ?? SCALE, 1);
  const part = (amount: number) => `${Math.max(0, Math.min(100, (amount / scale) * 100))}%`;
  const gains = Math.max(0, masterwork) + Math.max(0, mods);
  const solid = Math.max(0, Math.min(base, value - gains));
  const change = value - base;
  return (
    <>
      <div className="st-n">
        {name}
        {stat.smaller_is_better && <span className="visually-hidden">, {messages.smallerIsBetter}</span>}
      </div>
      {stat.number ? (
        <div />
      ) : (
        <div className="st-b" role="img" aria-label={messages.statLabel(name, value, base, masterwork, mods)}>
          <span style={{ width: part(solid) }} />
          {masterwork > 0 && <i style={{ left: part(solid), width: part(masterwork) }} />}
          {mods > 0 && <i className="mod" style={{ left: part(solid + Math.max(0, masterwork)), width: part(mods) }} />}
        </div>
      )}
      <div className="st-v">{value}</div>
      <div className={`st-d ${change > 0 ? "up" : change < 0 ? "down" : "same"}`}>{change ? signed(change) : ""}</div>
    </>
  );
}
