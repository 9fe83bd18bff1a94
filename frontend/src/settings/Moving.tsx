import { Switch } from "../ui/Switch";
import { messages } from "./messages";
import { prefer, usePreferences } from "./preferences";
import { Section } from "./Section";

const WAITS = [15, 60, 240, 1440];

/** How moves are made. Acts at once, and is remembered. */
export function Moving() {
  const like = usePreferences();
  // One that was set by other means is kept and shown.
  const waits = [...new Set([...WAITS, like.wait_minutes])].sort((a, b) => a - b);
  return (
    <Section id="moves" title={messages.moves}>
      <div className="panel-b lookg">
        <Switch
          label={messages.keepLocked}
          hint={messages.keepLockedWhy}
          on={like.keep_locked}
          onSwitch={(keep_locked) => prefer({ keep_locked })}
        />
        <div>
          <label className="form-label" htmlFor="like-wait">
            {messages.wait}
          </label>
          <select
            className="form-select"
            id="like-wait"
            aria-describedby="like-wait-why"
            value={like.wait_minutes}
            onChange={(event) => prefer({ wait_minutes: Number(event.target.value) })}
          >
            {waits.map((minutes) => (
              <option key={minutes} value={minutes}>
                {messages.minutes(minutes)}
              </option>
            ))}
          </select>
          <div className="form-text" id="like-wait-why">
            {messages.waitWhy}
          </div>
        </div>
      </div>
    </Section>
  );
}
