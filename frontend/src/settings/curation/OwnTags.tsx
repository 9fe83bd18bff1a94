import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { Link } from "react-router";
import { sentenceOf } from "../../api/client";
import { readAgain } from "../../curation/again";
import { dropTag, saveTag, wordsQuery, type Tag } from "../../curation/asking";
import { tagName } from "../../curation/names";
import { ASKED } from "../../search/query";
import { Icon } from "../../ui/Icon";
import { Trouble } from "../../ui/Trouble";
import { messages } from "./messages";

const LONGEST = 32;

/** The tags that a person made: each with how many items have it, another name for it, and its end. */
export function OwnTags() {
  const { data, error, refetch } = useQuery(wordsQuery);
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const own = data?.tags.filter((each) => each.custom);
  const dropping = useMutation({
    mutationFn: (tag: Tag) => dropTag(tag.name),
    onSuccess: () => Promise.all([client.invalidateQueries(wordsQuery), readAgain(client)]),
  });
  const counts = new Map<string, number>();
  for (const { tag } of Object.values(data?.annotations ?? {})) if (tag) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return (
    <section aria-labelledby="c-tags">
      <div className="row-c between wrap">
        <h3 id="c-tags" className="sec">
          {messages.tagsTitle}
        </h3>
        <button type="button" className="btn btn-quiet btn-sm" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          <Icon name="plus" extra="i-16" />
          {messages.addTag}
        </button>
      </div>
      <p className="t-13 t-2">
        {messages.tagsWhy} {own?.length === 0 && !adding && messages.noTags}
      </p>
      {!data && error && <Trouble heading="h3" title={messages.tagsFailed} error={error} onRetry={() => void refetch()} />}
      {adding && <TagForm taken={data?.tags ?? []} onDone={() => setAdding(false)} />}
      {!!own?.length && (
        <ul className="ctags">
          {own.map((each) => (
            <Row
              key={each.name}
              tag={each}
              count={counts.get(each.name) ?? 0}
              busy={dropping.isPending}
              onDrop={() => dropping.mutate(each)}
            />
          ))}
        </ul>
      )}
      <p className={dropping.isIdle ? "visually-hidden" : `t-13 mt-2 mb-0 ${dropping.error ? "t-danger" : "t-2"}`} role="status">
        {dropping.error && sentenceOf(dropping.error)}
        {dropping.data && messages.removed(dropping.data.changed)}
      </p>
    </section>
  );
}

function Row({ tag, count, busy, onDrop }: { tag: Tag; count: number; busy: boolean; onDrop: () => void }) {
  const [doing, setDoing] = useState<"rename" | "drop">();
  const asked = `tag:${tag.name}`;
  return (
    <li>
      <div className="row-c">
        <div className="grow cname">
          <b>{tag.label}</b>{" "}
          <Link className="t-13" to={`/vault?${new URLSearchParams({ [ASKED]: asked }).toString()}`}>
            <span className="mono">{asked}</span>
          </Link>{" "}
          <span className="t-13 t-3">{messages.worn(count)}</span>
        </div>
        <button
          type="button"
          className="btn btn-ghost btn-sm btn-icon"
          aria-label={messages.rename(tag.label)}
          aria-expanded={doing === "rename"}
          onClick={() => setDoing(doing === "rename" ? undefined : "rename")}
        >
          <Icon name="pencil" extra="i-16" />
        </button>
        <button
          type="button"
          className="btn btn-ghost btn-sm btn-icon"
          aria-label={messages.remove(tag.label)}
          aria-expanded={doing === "drop"}
          onClick={() => setDoing(doing === "drop" ? undefined : "drop")}
        >
          <Icon name="trash" extra="i-16" />
        </button>
      </div>
      {doing === "rename" && <TagForm tag={tag} taken={[]} onDone={() => setDoing(undefined)} />}
      {doing === "drop" && (
        <div className="row-c wrap mt-2">
          <span className="t-13 grow">{messages.removeSure(tag.label, count)}</span>
          <button type="button" className="btn btn-danger btn-sm" autoFocus aria-disabled={busy} onClick={() => busy || onDrop()}>
            {messages.removeIt}
          </button>
          <button type="button" className="btn btn-ghost btn-sm" onClick={() => setDoing(undefined)}>
            {messages.cancel}
          </button>
        </div>
      )}
    </li>
  );
}

/** A new tag, or another label for one that is there: what it is called in searches stays. */
function TagForm({ tag, taken, onDone }: { tag?: Tag; taken: Tag[]; onDone: () => void }) {
  const client = useQueryClient();
  const id = useId();
  const [label, setLabel] = useState(tag?.label ?? "");
  const [lacking, setLacking] = useState("");
  const name = tag?.name ?? tagName(label);
  const saving = useMutation({
    mutationFn: () => saveTag(name, label.trim()),
    onSuccess: () => client.invalidateQueries(wordsQuery).then(onDone),
  });
  const wrong = lacking || (saving.error ? sentenceOf(saving.error) : "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (saving.isPending) return;
    const missing = !name || !label.trim() ? messages.noName : taken.some((each) => each.name === name) ? messages.taken : "";
    saving.reset();
    setLacking(missing);
    if (!missing) saving.mutate();
  };
  return (
    <form className="ctag" onSubmit={submit} noValidate>
      <label className="form-label t-13" htmlFor={id}>
        {messages.name}
      </label>
      <div className="row-c wrap">
        <input
          id={id}
          className="form-control ctag-f"
          aria-describedby={`${id}-hint`}
          aria-invalid={wrong ? true : undefined}
          autoComplete="off"
          autoFocus
          maxLength={LONGEST}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            onDone();
          }}
        />
        <button type="submit" className="btn btn-primary" aria-disabled={saving.isPending}>
          {tag ? messages.save : messages.add}
        </button>
        <button type="button" className="btn btn-ghost" onClick={onDone}>
          {messages.cancel}
        </button>
      </div>
      <p className="form-text mb-0" id={`${id}-hint`}>
        {name ? messages.inQueries(name) : messages.nameHint}
      </p>
      {wrong && (
        <p className="t-13 t-danger mb-0" role="alert">
          {wrong}
        </p>
      )}
    </form>
  );
}
