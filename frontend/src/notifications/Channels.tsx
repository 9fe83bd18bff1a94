import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { Section } from "../settings/Section";
import { Icon, Outline } from "../ui/Icon";
import { addChannel, channelsQuery, choicesQuery, choose } from "./asking";
import { ChannelFields } from "./ChannelFields";
import { ChannelRow, CONSOLE } from "./ChannelRow";
import { glyphOf } from "./icons";
import { messages } from "./messages";
import type { ChannelForm, Channels as Told } from "./wire";
import { browsersZone } from "./words";
import { Trouble } from "../ui/Trouble";

/** Where a person is told: adding, trying, changing, switching off, removing. */
export function Channels() {
  const { data, error, refetch } = useQuery(channelsQuery);
  const [adding, setAdding] = useState(false);
  return (
    <Section
      id="notifications"
      title={messages.title}
      action={
        <>
          <Link className="btn btn-ghost btn-sm" to="/notifications">
            {messages.log}
          </Link>
          <button type="button" className="btn btn-quiet btn-sm" aria-expanded={adding} onClick={() => setAdding(!adding)}>
            <Icon name="plus" extra="i-16" />
            {messages.add}
          </button>
        </>
      }
    >
      {!data && error && <Trouble heading="h3" title={messages.channelsFailed} error={error} onRetry={() => void refetch()} />}
      {data?.channels.length === 0 && !adding && <p className="panel-b t-13 t-2 mb-0">{messages.none}</p>}
      {data && data.channels.length > 0 && (
        <ul className="rows">
          {data.channels.map((each) => (
            <ChannelRow key={each.id} channel={each} form={data.kinds.find((form) => form.kind === each.kind)} />
          ))}
        </ul>
      )}
      {data && adding && <NewChannel told={data} onDone={() => setAdding(false)} />}
    </Section>
  );
}

function NewChannel({ told, onDone }: { told: Told; onDone: () => void }) {
  const client = useQueryClient();
  const [form, setForm] = useState<ChannelForm>();
  const adding = useMutation({
    mutationFn: addChannel,
    onSuccess: async () => {
      await client.invalidateQueries(channelsQuery);
      onDone();
      if (told.channels.every((each) => each.kind === CONSOLE)) void placeInTime();
    },
  });
  /** With the first channel quiet hours and digest go by this browser's clock, until the person chooses another. */
  const placeInTime = async () => {
    const choices = await client.fetchQuery(choicesQuery);
    if (choices.time_zone !== "UTC" || browsersZone() === "UTC") return;
    await choose({ ...choices, time_zone: browsersZone() });
    await client.invalidateQueries(choicesQuery);
  };
  return (
    <div className="panel-b newtok">
      <div className="row-c between mb-3">
        <h3 className="h4 mb-0">{form ? messages.newOf(form.title) : messages.newChannel}</h3>
        {form && (
          <button type="button" className="btn btn-ghost btn-sm" onClick={() => setForm(undefined)}>
            {messages.otherKind}
          </button>
        )}
      </div>
      {form ? (
        <ChannelFields
          key={form.kind}
          form={form}
          busy={adding.isPending}
          error={adding.error}
          onSave={(title, settings) => adding.mutate({ kind: form.kind, title, settings })}
          onCancel={onDone}
        />
      ) : (
        <div className="chs" role="group" aria-label={messages.kinds}>
          {told.kinds.map((each, index) => (
            <button
              key={each.kind}
              type="button"
              className="ch nkind"
              autoFocus={index === 0}
              onClick={() => {
                adding.reset();
                setForm(each);
              }}
            >
              <Outline path={glyphOf(each.icon)} />
              <span>
                <b>{each.title}</b>
                <span className="t-12 t-3 d-block">{each.help}</span>
              </span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
