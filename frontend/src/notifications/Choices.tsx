import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceOf } from "../api/client";
import { Section } from "../settings/Section";
import { Icon, Outline } from "../ui/Icon";
import { Segments } from "../ui/Segments";
import { channelsQuery, choicesQuery, choose } from "./asking";
import { glyphOf } from "./icons";
import { messages } from "./messages";
import { Times } from "./Times";
import type { Channels, Choices as Chosen, KindChoice, Timing } from "./wire";
import { withChannels } from "./words";
import { Trouble } from "../ui/Trouble";

/** What a person is told, when and where. Each choice acts at once. */
export function Choices() {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(choicesQuery);
  const [ahead, setAhead] = useState<{ of: Chosen; choices: Chosen }>();
  // The query tells us of its new data a moment later; a tick must not jump back until then.
  const choices = ahead && ahead.of === data ? ahead.choices : data;
  const channels = useQuery(channelsQuery).data;
  const choosing = useMutation({
    mutationFn: choose,
    // One after the other, so that the last word is the last choice.
    scope: { id: "notification-choices" },
    onError: () => client.invalidateQueries(choicesQuery),
  });
  /** Shown at once, also while an earlier choice is still on its way: the next one is made upon it. */
  const put = (next: Chosen) => {
    if (data) setAhead({ of: data, choices: next });
    client.setQueryData(choicesQuery.queryKey, next);
    void client.cancelQueries(choicesQuery);
    choosing.mutate(next);
  };
  return (
    <Section id="told" title={messages.told}>
      {!choices && error && <Trouble heading="h3" title={messages.choicesFailed} error={error} onRetry={() => void refetch()} />}
      {choosing.error && (
        <div className="panel-b">
          <div className="note bad" role="alert">
            <Icon name="alert-circle" />
            <p>
              {messages.notKept}. {sentenceOf(choosing.error)}
            </p>
          </div>
        </div>
      )}
      {choices && (
        <>
          <p className="panel-b t-13 t-2 mb-0 nlead">{messages.toldWhy}</p>
          <ul className="rows nkinds">
            {choices.kinds.map((each) => (
              <Kind key={each.name} kind={each} choices={choices} channels={channels} onChoose={put} />
            ))}
          </ul>
          <Times choices={choices} onChoose={put} />
        </>
      )}
    </Section>
  );
}

interface KindProps {
  kind: KindChoice;
  choices: Chosen;
  channels?: Channels;
  onChoose: (choices: Chosen) => void;
}

const TIMINGS = (Object.keys(messages.timings) as Timing[]).map((value) => ({ value, label: messages.timings[value] }));

function Kind({ kind, choices, channels, onChoose }: KindProps) {
  const [open, setOpen] = useState(false);
  const timed = (timing: Timing) =>
    onChoose({ ...choices, kinds: choices.kinds.map((each) => (each.name === kind.name ? { ...each, timing } : each)) });
  const several = channels !== undefined && (channels.channels.length > 1 || kind.channels !== undefined);
  const asked = several && kind.timing !== "off";
  return (
    <li>
      <div className="grow">
        <b>{kind.title}</b>
        <div className="t-13 t-2">{kind.help}</div>
      </div>
      {asked && (
        <button
          type="button"
          className="btn btn-ghost btn-sm nwhere-b"
          aria-label={`${messages.channelsOf(kind.title)}: ${said(kind)}`}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <span className={kind.channels?.length === 0 ? "t-warn" : undefined}>{said(kind)}</span>
          <Icon name="chevron-down" extra="i-14" />
        </button>
      )}
      <Segments label={messages.timingOf(kind.title)} value={kind.timing} choices={TIMINGS} onChoose={timed} />
      {asked && open && (
        <Where kind={kind} channels={channels} onChoose={(chosen) => onChoose(withChannels(choices, kind.name, chosen))} />
      )}
    </li>
  );
}

function said({ channels }: KindChoice): string {
  if (!channels) return messages.allChannels;
  return channels.length ? messages.howMany(channels.length) : messages.nowhere;
}

interface WhereProps {
  kind: KindChoice;
  channels: Channels;
  onChoose: (channels: string[] | undefined) => void;
}

/** Which channels one kind goes to. */
function Where({ kind, channels, onChoose }: WhereProps) {
  const all = kind.channels === undefined;
  const chosen = kind.channels ?? channels.channels.map((each) => each.id);
  const turn = (id: string) => onChoose(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <div className="nwhere">
      <div className="chs" role="group" aria-label={messages.channelsOf(kind.title)}>
        <label className={`ch nall ${all ? "on" : ""}`}>
          <input
            className="form-check-input"
            type="checkbox"
            checked={all}
            onChange={() => onChoose(all ? channels.channels.map((each) => each.id) : undefined)}
          />
          <b>{messages.allChannels}</b>
        </label>
        {channels.channels.map((each) => (
          <label key={each.id} className={`ch ${chosen.includes(each.id) ? "on" : ""}`}>
            <input
              className="form-check-input"
              type="checkbox"
              checked={chosen.includes(each.id)}
              onChange={() => turn(each.id)}
            />
            <Outline path={glyphOf(channels.kinds.find((form) => form.kind === each.kind)?.icon)} />
            <span className="clip">
              <b>{each.title}</b>
              <span className={`t-12 d-block clip ${each.state === "trouble" ? "t-danger" : "t-3"}`}>
                {each.state === "trouble" ? each.sentence : each.enabled ? each.label : messages.switchedOff}
              </span>
            </span>
          </label>
        ))}
      </div>
      {chosen.length === 0 && <p className="t-13 t-warn mb-0 mt-2">{messages.nowhereWhy}</p>}
    </div>
  );
}
