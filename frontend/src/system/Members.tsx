import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { sentenceOf } from "../api/client";
import { useNow } from "../freshness/clock";
import { since } from "../freshness/words";
import "../styles/settings.scss";
import { Icon } from "../ui/Icon";
import { ICONS } from "../ui/icons";
import { giveRole, membersQuery, removeMember } from "./asking";
import { messages } from "./messages";
import { Asked, Chip, Panel } from "./Panel";
import type { Member } from "./wire";

/** Who uses this server, who runs it, and to let somebody go. */
export function Members() {
  const query = useQuery(membersQuery);
  return (
    <Panel id="s-members" title={messages.members} wide>
      <Asked query={query}>
        {(members) => (
          <ul className="rows">
            {members.map((each) => (
              <Row key={each.id} member={each} />
            ))}
          </ul>
        )}
      </Asked>
    </Panel>
  );
}

function Row({ member }: { member: Member }) {
  const client = useQueryClient();
  const now = useNow(60);
  const [asked, setAsked] = useState(false);
  const admin = member.role === "admin";
  const naming = useMutation({
    mutationFn: () => giveRole(member.id, admin ? "member" : "admin"),
    onSuccess: () => client.invalidateQueries(membersQuery),
  });
  const facts = [
    member.accounts.join(", ") || messages.noAccounts,
    member.sign_in === "ended" && messages.signInEnded,
    member.last_seen && messages.lastSeen(since(Date.parse(member.last_seen), now)),
  ].filter(Boolean);
  return (
    <li className="smember">
      <Icon name="user" extra="i-24 t-2" />
      <div className="grow">
        <b className="s-words">{member.name}</b>
        <div className="t-13 t-2 s-words">{facts.join(" · ")}</div>
        {naming.error && (
          <div className="t-13 t-danger" role="alert">
            {sentenceOf(naming.error)}
          </div>
        )}
      </div>
      {member.you && <span className="chip">{messages.you}</span>}
      {admin && <Chip tone="ok" path={ICONS["shield-lock"]}>{messages.admin}</Chip>}
      {!member.you && !asked && (
        <div className="row-c">
          <button
            type="button"
            className="btn btn-ghost btn-sm"
            aria-label={`${admin ? messages.endAdmin : messages.makeAdmin}: ${member.name}`}
            disabled={naming.isPending}
            onClick={() => naming.mutate()}
          >
            {admin ? messages.endAdmin : messages.makeAdmin}
          </button>
          <button
            type="button"
            className="btn btn-ghost btn-sm t-danger"
            aria-label={`${messages.remove}: ${member.name}`}
            onClick={() => setAsked(true)}
          >
            {messages.remove}
          </button>
        </div>
      )}
      {asked && <Removal member={member} onCancel={() => setAsked(false)} />}
    </li>
  ); // prettier-ignore
}

/** Confirmed by naming the person: what cannot be undone is not one press away. */
function Removal({ member, onCancel }: { member: Member; onCancel: () => void }) {
  const client = useQueryClient();
  const field = useId();
  const [typed, setTyped] = useState("");
  const removing = useMutation({
    mutationFn: () => removeMember(member.id),
    onSuccess: () => client.invalidateQueries(membersQuery),
  });
  const named = typed.trim() === member.name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (named) removing.mutate();
  };
  return (
    <form className="sremove" onSubmit={submit}>
      <p className="t-13 t-2 mb-2">{messages.removeWhy(member.name)}</p>
      <label className="form-label" htmlFor={field}>
        {messages.removeConfirm(member.name)}
      </label>
      <div className="row-c wrap">
        <input
          className="form-control s-name"
          id={field}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && onCancel()}
        />
        <button type="submit" className="btn btn-danger" disabled={!named || removing.isPending}>
          {messages.removeNow}
        </button>
        <button type="button" className="btn btn-ghost" onClick={onCancel}>
          {messages.cancel}
        </button>
      </div>
      {removing.error && (
        <p className="t-13 t-danger mt-2 mb-0" role="alert">
          {sentenceOf(removing.error)}
        </p>
      )}
    </form>
  );
}
