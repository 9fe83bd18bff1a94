import type { BungieState, Profile, Status } from "../api/types";
import { useNow } from "../freshness/clock";
import { Icon } from "../ui/Icon";
import { ICONS } from "../ui/icons";
import { messages } from "./messages";
import { Chip, Facts, Moment, Panel, type Tone } from "./Panel";

const STATES: Record<BungieState, { tone: Tone; path: string }> = {
  up: { tone: "ok", path: ICONS["circle-check"] },
  maintenance: { tone: "warn", path: ICONS["barrier-block"] },
  unreachable: { tone: "bad", path: ICONS["alert-circle"] },
  throttled: { tone: "warn", path: ICONS.clock },
  unknown: { tone: "info", path: ICONS["circle-dashed"] },
};

export function Bungie({ status, profile }: { status: Status; profile?: Profile }) {
  const now = useNow();
  const { state, since, sentence } = status.bungie;
  const { tone, path } = STATES[state];
  return (
    <Panel id="s-bungie" title={messages.bungie} aside={<Chip tone={tone} path={path}>{messages.states[state]}</Chip>}>
      <div className="panel-b">
        {sentence && <p className="t-13 t-2 mb-2">{sentence}</p>}
        <Facts
          facts={[
            [messages.since, since && <Moment at={since} now={now} />],
            [messages.yourData, profile && <Moment at={profile.read} now={now} />],
          ]}
        />
      </div>
    </Panel>
  ); // prettier-ignore
}

/** How old what is shown is, and how much of it there is. */
export function Data({ profile }: { profile?: Profile }) {
  const now = useNow();
  return (
    <Panel id="s-data" title={messages.data}>
      <div className="panel-b">
        {!profile ? (
          <p className="t-13 t-2 mb-0">{messages.none}</p>
        ) : (
          <Facts
            facts={[
              [messages.account, profile.account.name],
              [messages.items, profile.items.length.toLocaleString("en")],
              [messages.guardians, profile.characters.length],
              [messages.read, <Moment key="read" at={profile.read} now={now} />],
              [messages.stamp, profile.minted && <Moment at={profile.minted} now={now} />],
            ]}
          />
        )}
      </div>
    </Panel>
  );
}

export function Alerts({ alerts }: { alerts: Status["alerts"] }) {
  return (
    <Panel id="s-alerts" title={messages.alerts}>
      <div className="panel-b stack-2">
        {!alerts.length && <p className="t-13 t-2 mb-0">{messages.noAlerts}</p>}
        {alerts.map((each) => (
          <div className="note info" key={each.time + each.text}>
            <Icon name="info-circle" />
            <div className="grow">
              {each.text}{" "}
              {each.link && (
                <a href={each.link} rel="noreferrer noopener">
                  {messages.more}
                </a>
              )}
            </div>
          </div>
        ))}
      </div>
    </Panel>
  );
}
