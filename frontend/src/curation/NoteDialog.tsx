import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type FormEvent, type RefObject } from "react";
import type { Profile } from "../api/types";
import { itemOf, whatOf } from "../moving/acts";
import { Dialog } from "../ui/Dialog";
import { annotationOf } from "./annotation";
import { wordsQuery } from "./asking";
import { askFor } from "./asks";
import { annotate } from "./deeds";
import { messages } from "./messages";

const LONGEST = 1024;
const NEARLY = 100;
/** Hashtags to choose from. */
const FEW = 12;

interface Props {
  ids: string[];
  profile: Profile;
  /** Whether the hashtag for all is what was asked for. */
  hashtag?: boolean;
}

const close = () => askFor(undefined);

/** Words about one item or several: the whole note, and for several also one hashtag beside what each says already. */
export function NoteDialog({ ids, profile, hashtag = false }: Props) {
  const notes = new Set(ids.map((id) => notesOf(profile, id)));
  const same = notes.size === 1 ? [...notes][0]! : "";
  const [text, setText] = useState(same);
  const area = useRef<HTMLTextAreaElement>(null);
  const one = useRef<HTMLInputElement>(null);
  const label = useId();
  const hint = useId();
  const hashtags = useQuery(wordsQuery).data?.hashtags ?? [];
  useEffect(() => {
    if (hashtag && one.current) return one.current.focus();
    area.current?.focus();
    area.current?.setSelectionRange(same.length, same.length);
  }, [same, hashtag]);
  const save = (event?: FormEvent) => {
    event?.preventDefault();
    close();
    if (notes.size > 1 || text.trim() !== same) void annotate(profile, ids, { notes: text.trim() });
  };
  const unused = hashtags.filter((each) => !text.includes(each)).slice(0, FEW);
  const left = LONGEST - text.length;
  return (
    <Dialog title={messages.noteOn(whatOf(profile, ids))} close={messages.close} onClose={close}>
      <form className="panel-b stack" onSubmit={save}>
        {ids.length > 1 && <OneForAll ids={ids} profile={profile} hashtags={hashtags.slice(0, FEW)} field={one} />}
        <div>
          <label className="form-label t-13" htmlFor={label}>
            {messages.notes}
          </label>
          <textarea
            ref={area}
            id={label}
            className="form-control note-t"
            aria-describedby={hint}
            maxLength={LONGEST}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(event);
            }}
          />
          <p className="t-12 t-3 mt-1 mb-0" id={hint}>
            {notes.size > 1 ? messages.different(ids.length) : messages.notesHint}
            {left < NEARLY && ` ${messages.left(left)}`}
          </p>
        </div>
        {ids.length === 1 && unused.length > 0 && (
          <div className="row-c wrap gap-4" role="group" aria-label={messages.hashtags}>
            {unused.map((each) => (
              <button
                key={each}
                type="button"
                className="chip"
                onClick={() => {
                  setText(`${text.trimEnd()}${text.trim() && " "}${each}`.slice(0, LONGEST));
                  area.current?.focus();
                }}
              >
                {each}
              </button>
            ))}
          </div>
        )}
        <div className="row-c wrap">
          <button type="submit" className="btn btn-primary">
            {messages.save}
          </button>
          <button type="button" className="btn btn-ghost" onClick={close}>
            {messages.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** A hashtag put into the notes of all, or taken out of them. */
function OneForAll({
  ids,
  profile,
  hashtags,
  field,
}: {
  ids: string[];
  profile: Profile;
  hashtags: string[];
  field: RefObject<HTMLInputElement | null>;
}) {
  const [typed, setTyped] = useState("");
  const list = useId();
  const word = typed.trim().replace(/^#*/, "#").replace(/\s+/g, "-");
  const usable = word.length > 1;
  const act = (how: "add" | "remove") => {
    if (!usable) return;
    close();
    void annotate(profile, ids, { [how]: word });
  };
  return (
    <div>
      <p className="t-13 t-2 mb-2">{messages.toAll(ids.length)}</p>
      <div className="row-c">
        <input
          ref={field}
          className="form-control note-h"
          aria-label={messages.hashtag}
          placeholder="#pve"
          list={list}
          autoComplete="off"
          maxLength={64}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            act("add");
          }}
        />
        <datalist id={list}>
          {hashtags.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <button type="button" className="btn btn-quiet" aria-disabled={!usable} onClick={() => act("add")}>
          {messages.addHash}
        </button>
        <button type="button" className="btn btn-ghost" aria-disabled={!usable} onClick={() => act("remove")}>
          {messages.takeHash}
        </button>
      </div>
    </div>
  );
}

function notesOf(profile: Profile, id: string): string {
  const item = itemOf(profile, id);
  return (item && annotationOf(profile, item)?.notes) ?? "";
}
