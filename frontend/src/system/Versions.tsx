import { MOVE_ICONS } from "../transfers/icons";
import { ICONS } from "../ui/icons";
import { messages } from "./messages";
import { Chip } from "./Panel";
import type { Version } from "./wire";
import { bytes, changed, period } from "./words";

interface Props {
  versions: readonly Version[];
  onChanges: (version: Version) => void;
}

/** Every version that was in use or was refused, newest first. On a phone it scrolls within its panel, the first column stays. */
export function Versions({ versions, onChanges }: Props) {
  return (
    <div className="stable-w" tabIndex={0} role="region" aria-label={messages.versions}>
      <table className="stable">
        <thead>
          <tr>
            <th scope="col">{messages.versionOf}</th>
            <th scope="col">{messages.inUse}</th>
            <th scope="col" className="num">
              {messages.size}
            </th>
            <th scope="col">{messages.against}</th>
            <th scope="col">
              <span className="visually-hidden">{messages.whatChanged}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((each) => (
            <tr key={each.key}>
              <th scope="row" className="mono nowrap">
                {each.version}
              </th>
              <td className="nowrap">
                <Use version={each} />
              </td>
              <td className="num t-2 nowrap">{each.bytes ? bytes(each.bytes) : "–"}</td>
              <td className="t-2 s-words">{each.state === "failed" ? each.sentence : each.changes && changed(each.changes)}</td>
              <td className="num">
                {each.changes && (
                  <button
                    type="button"
                    className="btn btn-ghost btn-sm"
                    aria-label={messages.whatChangedIn(each.version)}
                    onClick={() => onChanges(each)}
                  >
                    {messages.whatChanged}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Use({ version }: { version: Version }) {
  if (version.state === "failed") {
    return (
      <Chip tone="bad" path={MOVE_ICONS.cross}>
        {messages.refused}
      </Chip>
    );
  }
  return (
    <span className="row-c">
      {version.state === "active" && (
        <Chip tone="ok" path={ICONS.check}>
          {messages.inUse}
        </Chip>
      )}
      <span className="t-2">{period(version)}</span>
      {version.state === "gone" && <span className="t-3">{messages.gone}</span>}
    </span>
  );
}
