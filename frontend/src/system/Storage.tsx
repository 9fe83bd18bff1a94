import { messages } from "./messages";
import { Facts, Panel } from "./Panel";
import type { System } from "./wire";
import { bytes } from "./words";

/** What lies on the disk, and how much of it is left. */
export function Storage({ system }: { system: System }) {
  const parts = system.storage.filter((each) => each.bytes > 0);
  const used = parts.reduce((sum, each) => sum + each.bytes, 0);
  const facts = [
    messages.used(bytes(used)),
    system.disk_free_bytes !== undefined && messages.free(bytes(system.disk_free_bytes)),
  ].filter(Boolean);
  const said = parts.map((each) => messages.of(each.name, bytes(each.bytes))).join(", ");
  return (
    <Panel id="s-storage" title={messages.storage} aside={<span className="t-12 t-3">{facts.join(", ")}</span>}>
      <div className="panel-b">
        <div className="sbar" role="img" aria-label={said}>
          {parts.map((each) => (
            <i key={each.name} style={{ flexGrow: each.bytes }} />
          ))}
        </div>
        <ul className="sleg">
          {parts.map((each) => (
            <li key={each.name}>
              <i />
              {each.name}
              <b>{bytes(each.bytes)}</b>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

/** Which parts this server is made of. */
export function Server({ system }: { system: System }) {
  return (
    <Panel id="s-server" title={messages.server}>
      <div className="panel-b">
        <Facts
          facts={[
            [messages.mode, messages.modes[system.mode]],
            [messages.database, messages.databases[system.database]],
            [messages.broker, messages.brokers[system.broker]],
          ]}
        />
      </div>
    </Panel>
  );
}
