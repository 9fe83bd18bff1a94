import type { Character, Profile } from "../api/types";
import { messages } from "./messages";

const SCALE = 200;
const LIGHT_HASH = 1935470627;

/** The six stats as worn now. */
export function Stats({ character, profile }: { character: Character; profile: Profile }) {
  const stats = character.stats.filter(([hash]) => hash !== LIGHT_HASH && profile.stats[hash]);
  if (!stats.length) return null;
  return (
    <section className="panel" aria-labelledby="c-stats">
      <div className="panel-h">
        <h2 id="c-stats">{messages.stats}</h2>
      </div>
      <div className="panel-b stats cstats">
        {stats.map(([hash, value]) => {
          const { name, maximum } = profile.stats[hash]!;
          const percent = Math.min(100, (value / Math.max(maximum ?? SCALE, SCALE)) * 100);
          return (
            <div className="cstat" key={hash}>
              <div className="st-n">{name}</div>
              <div className="st-b" role="img" aria-label={`${name} ${value}`}>
                <span style={{ width: `${percent}%` }} />
              </div>
              <div className="st-v" aria-hidden="true">
                {value}
              </div>
            </div>
          );
        })}
      </div>
    </section>
  );
}
