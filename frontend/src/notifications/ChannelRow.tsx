import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { sentenceOf } from "../api/client";
import { serverNow } from "../freshness/clock";
import { clock } from "../freshness/words";
import { Icon, Outline } from "../ui/Icon";
import { changeChannel, channelsQuery, removeChannel, testChannel } from "./asking";
import { ChannelFields } from "./ChannelFields";
import { glyphOf, SEND } from "./icons";
import { messages } from "./messages";
import type { Channel, ChannelForm, Settings } from "./wire";

/** The demo's own channel, by which nothing leaves. */
export const CONSOLE = "console";

interface Props {
  channel: Channel;
  /** Undefined for a kind that this version does not know any more. */
  form?: ChannelForm;
}

/** One channel: how it does, and what came of a test, in its place. */
export function ChannelRow({ channel, form }: Props) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries(channelsQuery);
  const [open, setOpen] = useState(false);
  const testing = useMutation({ mutationFn: () => testChannel(channel.id), onSettled: refresh });
  const switching = useMutation({
    mutationFn: (enabled: boolean) => changeChannel(channel.id, { enabled }),
    onSuccess: refresh,
  });
  const troubled = channel.state === "trouble";
  const problem = testing.error ?? switching.error;
  return (
    <li className="nrow">
      <Outline path={glyphOf(form?.icon)} extra="i-24 t-2" />
      <div className="grow">
        <b>{channel.title}</b> <span className="t-2">{channel.label === channel.title ? "" : channel.label}</span>
        <State channel={channel} />
        {testing.data && <TestOutcome ok={testing.data.ok} sentence={testing.data.sentence} />}
        {problem && (
          <div className="t-13 t-danger" role="alert">
            {sentenceOf(problem)}
          </div>
        )}
      </div>
      <div className="row-c nrow-a">
        {troubled && !open && form && (
          <button
            type="button"
            className="btn btn-quiet btn-sm"
            aria-label={messages.repairOf(channel.title)}
            onClick={() => setOpen(true)}
          >
            {messages.repair}
          </button>
        )}
        <button
          type="button"
          className="btn btn-ghost btn-sm"
          aria-label={messages.testOf(channel.title)}
          aria-disabled={testing.isPending}
          onClick={() => testing.isPending || testing.mutate()}
        >
          {testing.isPending ? <Icon name="loader-2" extra="i-16 spin" /> : <Outline path={SEND} extra="i-16" />}
          {testing.isPending ? messages.sending : messages.test}
        </button>
        <button
          type="button"
          className="btn btn-ghost btn-sm btn-icon"
          aria-label={messages.changeOf(channel.title)}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name="pencil" extra="i-16" />
        </button>
        <span className="form-check form-switch bare nswitch">
          <input
            className="form-check-input"
            type="checkbox"
            role="switch"
            aria-label={messages.enabled(channel.title)}
            checked={switching.isPending ? switching.variables : channel.enabled}
            onChange={(event) => switching.mutate(event.target.checked)}
          />
        </span>
      </div>
      {open && <Change channel={channel} form={form} onDone={() => setOpen(false)} />}
    </li>
  );
}

function State({ channel }: { channel: Channel }) {
  if (channel.state === "trouble") {
    return (
      <div className="t-13 t-danger">
        <Icon name="alert-circle" extra="i-14" /> {channel.sentence}
      </div>
    );
  }
  const said = !channel.enabled
    ? messages.switchedOff
    : channel.last_sent
      ? messages.sentAt(clock(Date.parse(channel.last_sent), serverNow()))
      : messages.unused;
  return (
    <>
      <div className="t-13 t-2">{said}</div>
      {channel.kind === CONSOLE && (
        <div className="t-13 t-2">
          {messages.here}{" "}
          <Link className="nrow-l" to="/notifications">
            {messages.look}
          </Link>
        </div>
      )}
    </>
  );
}

/** What the service really said: that it took it, or why not. */
function TestOutcome({ ok, sentence }: { ok: boolean; sentence: string }) {
  return (
    <div className={`ntest t-13 ${ok ? "" : "t-danger"}`} role="status">
      <Icon name={ok ? "circle-check" : "alert-circle"} extra={`i-14 ${ok ? "t-accent" : ""}`} /> <span>{sentence}</span>
    </div>
  );
}

function Change({ channel, form, onDone }: Props & { onDone: () => void }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const after = { onSuccess: () => client.invalidateQueries(channelsQuery).then(onDone) };
  const saving = useMutation({
    mutationFn: (given: { title: string; settings: Settings }) => changeChannel(channel.id, given),
    ...after,
  });
  const removing = useMutation({ mutationFn: () => removeChannel(channel.id), ...after });
  const removal = (
    <span className="row-c wrap push">
      {asked && <span className="t-13 t-2">{messages.removeWhy}</span>}
      <button
        key={String(asked)}
        type="button"
        className={`btn ${asked ? "btn-danger" : "btn-ghost t-danger"}`}
        autoFocus={asked}
        disabled={removing.isPending}
        onClick={() => (asked ? removing.mutate() : setAsked(true))}
      >
        {asked ? messages.removeSure : messages.remove}
      </button>
    </span>
  );
  return (
    <div className="nedit">
      {form ? (
        <ChannelFields
          form={form}
          channel={channel}
          busy={saving.isPending}
          error={saving.error ?? removing.error}
          onSave={(title, settings) => saving.mutate({ title, settings })}
          onCancel={onDone}
        >
          {removal}
        </ChannelFields>
      ) : (
        removal
      )}
    </div>
  );
}
