import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { sentenceOf } from "../../api/client";
import { useNow } from "../../freshness/clock";
import { clock } from "../../freshness/words";
import { Icon, Outline } from "../../ui/Icon";
import { Trouble } from "../../ui/Trouble";
import { countedQuery, forget, keep, refreshKept } from "../asking";
import { SEARCH_ICONS } from "../icons";
import type { Kept } from "../wire";
import { Example } from "./Example";
import { messages } from "./messages";

const LONGEST_NAME = 64;

/** The searches that were saved, to be renamed and forgotten, and those that were used of late. */
export function Searches() {
  const { data, error, refetch } = useQuery(countedQuery);
  if (!data && error)
    return <Trouble heading="h3" title={messages.failedSearches} error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <List id="s-saved" title={messages.saved} empty={messages.noSaved} searches={data?.filter((each) => each.saved)} />
      <List id="s-recent" title={messages.recent} empty={messages.noRecent} searches={data?.filter((each) => !each.saved)} />
    </>
  );
}

function List({ id, title, empty, searches }: { id: string; title: string; empty: string; searches?: Kept[] }) {
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="panel-h">
        <h2 id={id}>{title}</h2>
      </div>
      {searches?.length === 0 && <p className="panel-b t-13 t-2 mb-0">{empty}</p>}
      {!!searches?.length && (
        <ul className="skept">
          {searches.map((each) => (
            <Row key={each.query} search={each} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ search }: { search: Kept }) {
  const client = useQueryClient();
  const now = useNow(60);
  const [doing, setDoing] = useState<"rename" | "forget">();
  const done = { onSuccess: () => (setDoing(undefined), refreshKept(client)) };
  const keeping = useMutation({ mutationFn: (name?: string) => keep({ query: search.query, name, saved: true }), ...done });
  const forgetting = useMutation({ mutationFn: () => forget(search.query), ...done });
  const problem = keeping.error ?? forgetting.error;
  return (
    <li>
      <div className="row-c gap-4">
        <div className="grow sname">
          {search.name && <b className="d-block clip">{search.name}</b>}
          <Example query={search.query} />
          <span className="t-12 t-2 d-block">
            {search.count !== undefined && <>{messages.items(search.count)} · </>}
            {messages.uses(search.uses, clock(Date.parse(search.last), now))}
          </span>
        </div>
        {search.saved ? (
          <Deed label={messages.rename(search.query)} onPress={() => setDoing("rename")}>
            <Icon name="pencil" extra="i-16" />
          </Deed>
        ) : (
          <Deed label={messages.keep(search.query)} onPress={() => keeping.mutate(undefined)}>
            <Outline path={SEARCH_ICONS.bookmark} extra="i-16" />
          </Deed>
        )}
        <Deed label={messages.forget(search.query)} onPress={() => (search.saved ? setDoing("forget") : forgetting.mutate())}>
          <Icon name={search.saved ? "trash" : "x"} extra="i-16" />
        </Deed>
      </div>
      {doing === "rename" && (
        <Rename name={search.name ?? ""} onSave={(name) => keeping.mutate(name)} onCancel={() => setDoing(undefined)} />
      )}
      {doing === "forget" && (
        <div className="row-c wrap mt-2">
          <span className="t-13 grow">{messages.sure}</span>
          <button type="button" className="btn btn-danger btn-sm" autoFocus onClick={() => forgetting.mutate()}>
            {messages.forgetIt}
          </button>
          <button type="button" className="btn btn-ghost btn-sm" onClick={() => setDoing(undefined)}>
            {messages.cancel}
          </button>
        </div>
      )}
      {problem && (
        <p className="t-13 t-danger mt-2 mb-0" role="alert">
          {sentenceOf(problem)}
        </p>
      )}
    </li>
  );
}

function Deed({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={label} data-tip={label} onClick={onPress}>
      {children}
    </button>
  );
}

function Rename({ name: before, onSave, onCancel }: { name: string; onSave: (name: string) => void; onCancel: () => void }) {
  const [name, setName] = useState(before);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(name.trim());
  };
  return (
    <form className="row-c wrap mt-2" onSubmit={submit} noValidate>
      <input
        className="form-control grow"
        aria-label={messages.name}
        autoComplete="off"
        autoFocus
        maxLength={LONGEST_NAME}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        }}
      />
      <button type="submit" className="btn btn-primary btn-sm">
        {messages.save}
      </button>
      <button type="button" className="btn btn-ghost btn-sm" onClick={onCancel}>
        {messages.cancel}
      </button>
    </form>
  );
}
