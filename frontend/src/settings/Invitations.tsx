import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { sentenceOf } from "../api/client";
import { invitationsQuery, invite, withdraw } from "../api/invitations";
import type { Invitation } from "../api/types";
import { serverNow } from "../freshness/clock";
import { clock } from "../freshness/words";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";
import { Section } from "./Section";

/** For the owner of the server: links that let others in. */
export function Invitations() {
  const client = useQueryClient();
  const { data } = useQuery(invitationsQuery);
  const refresh = () => client.invalidateQueries(invitationsQuery);
  const making = useMutation({ mutationFn: invite, onSuccess: refresh });
  const withdrawing = useMutation({ mutationFn: withdraw, onSuccess: refresh });
  const problem = making.error ?? withdrawing.error;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    making.mutate(String(new FormData(form).get("note") ?? ""), { onSuccess: () => form.reset() });
  };
  return (
    <Section id="invitations" title={messages.invitations}>
      <ul className="rows">
        {data?.map((each) => (
          <Sent key={each.id} invitation={each} onWithdraw={() => withdrawing.mutate(each.id)} />
        ))}
        {data?.length === 0 && <li className="t-13 t-2">{messages.none}</li>}
      </ul>
      <form className="panel-b newtok" onSubmit={submit}>
        <label className="form-label" htmlFor="invite-note">
          {messages.note}
        </label>
        <div className="row-c wrap">
          <input className="form-control invite-note" id="invite-note" name="note" maxLength={100} autoComplete="off" />
          <button type="submit" className="btn btn-primary" disabled={making.isPending}>
            {messages.invite}
          </button>
        </div>
        <p className="form-text mb-0">{messages.inviteWhy}</p>
        {problem && (
          <p className="t-13 t-danger mt-2 mb-0" role="alert">
            {sentenceOf(problem)}
          </p>
        )}
        {making.data && <Link path={making.data.path} />}
      </form>
    </Section>
  );
}

function Sent({ invitation, onWithdraw }: { invitation: Invitation; onWithdraw: () => void }) {
  const now = serverNow();
  const open = !invitation.used && Date.parse(invitation.expires) > now;
  const state = invitation.used
    ? invitation.used_by
      ? messages.usedBy(invitation.used_by)
      : messages.used
    : open
      ? messages.openUntil(clock(Date.parse(invitation.expires), now))
      : messages.over;
  return (
    <li>
      <Icon name="ticket" extra="i-20 t-2" />
      <div className="grow">
        <b>{invitation.note || messages.noNote}</b>
        <div className="t-13 t-2">{state}</div>
      </div>
      {open && (
        <button type="button" className="btn btn-ghost btn-sm" onClick={onWithdraw}>
          {messages.withdraw}
        </button>
      )}
    </li>
  );
}

function Link({ path }: { path: string }) {
  const [copied, setCopied] = useState(false);
  const address = location.origin + path;
  const canCopy = typeof navigator.clipboard?.writeText === "function";
  return (
    <div className="note ok mt-3" role="status">
      <Icon name="link" />
      <div className="grow clip-x">
        {messages.made}
        <div className="mono invite-link">{address}</div>
      </div>
      {canCopy && (
        <button
          type="button"
          className="btn btn-quiet btn-sm"
          onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}
        >
          <Icon name={copied ? "check" : "copy"} extra="i-16" />
          {copied ? messages.copied : messages.copy}
        </button>
      )}
    </div>
  );
}
