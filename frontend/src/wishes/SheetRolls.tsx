import "../styles/wishes.scss";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState, type FormEvent } from "react";
import { Link } from "react-router";
import { sentenceOf } from "../api/client";
import type { SheetSocket, Verdict } from "../api/types";
import { Glyph, Icon } from "../ui/Icon";
import { Segments } from "../ui/Segments";
import { ownRollsQuery, refresh, unwish, wish } from "./asking";
import { columnsOf, firstChoice } from "./choices";
import { messages } from "./messages";
import type { Wish } from "./wire";
import { perksOf, samePerks } from "./words";

type Says = "wanted" | "unwanted";

interface Props {
  hash: number;
  sockets: readonly SheetSocket[];
  verdict?: Verdict;
}

/** Wishing for what one looks at, or against it: beside the perks of an item. */
export function SheetRolls({ hash, sockets, verdict }: Props) {
  const client = useQueryClient();
  const [says, setSays] = useState<Says>();
  const [told, setTold] = useState("");
  const first = useRef<HTMLButtonElement>(null);
  const done = (words: string) => {
    setTold(words);
    setSays(undefined);
    first.current?.focus();
  };
  const saving = useMutation({
    mutationFn: wish,
    onSuccess: async (_, roll) => {
      await refresh(client);
      done(roll.unwanted ? messages.saidUnwanted : messages.saidWanted);
    },
  });
  const taking = useMutation({
    mutationFn: unwish,
    onSuccess: async () => {
      await refresh(client);
      done(messages.saidGone);
    },
  });
  const open = (to: Says) => {
    saving.reset();
    taking.reset();
    setTold("");
    setSays(says === to ? undefined : to);
  };
  return (
    <div className="wsheet">
      <div className="row-c wrap gap-4">
        <button
          ref={first}
          type="button"
          className="btn btn-quiet btn-sm"
          aria-expanded={says === "wanted"}
          onClick={() => open("wanted")}
        >
          <Glyph name="thumb-up" extra="g t-accent" />
          {messages.addRoll}
        </button>
        <button
          type="button"
          className="btn btn-quiet btn-sm"
          aria-expanded={says === "unwanted"}
          onClick={() => open("unwanted")}
        >
          <Glyph name="thumb-down" extra="g t-danger" />
          {messages.addUnwanted}
        </button>
        <Link className="btn btn-ghost btn-sm" to="/wishes">
          {messages.toLists}
        </Link>
      </div>
      {says && (
        <Editor
          hash={hash}
          sockets={sockets}
          verdict={verdict}
          says={says}
          busy={saving.isPending || taking.isPending}
          error={saving.error ?? taking.error}
          onSays={setSays}
          onSave={(roll) => saving.mutate(roll)}
          onTakeOut={(roll) => taking.mutate(roll)}
          onCancel={() => done("")}
        />
      )}
      <p className={told ? "t-13 t-2 mt-2 mb-0" : "visually-hidden"} role="status">
        {told}
      </p>
    </div>
  );
}

interface EditorProps extends Props {
  says: Says;
  busy: boolean;
  error: Error | null;
  onSays: (says: Says) => void;
  onSave: (roll: Wish) => void;
  onTakeOut: (roll: Wish) => void;
  onCancel: () => void;
}

/** Which perks count, and what the list says of them. */
function Editor({ hash, sockets, verdict, says, busy, error, onSays, onSave, onTakeOut, onCancel }: EditorProps) {
  const id = useId();
  const [chosen, setChosen] = useState(() => firstChoice(sockets, verdict));
  const [notes, setNotes] = useState("");
  const unwanted = says === "unwanted";
  const there = useQuery(ownRollsQuery).data?.filter((each) => each.hash === hash) ?? [];
  const same = there.find((each) =>
    samePerks(
      each.perks.map((perk) => perk.hash),
      chosen,
    ),
  );
  const roll: Wish = { hash, perks: chosen, unwanted };
  const turn = (perk: number) => setChosen(chosen.includes(perk) ? chosen.filter((each) => each !== perk) : [...chosen, perk]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSave({ ...roll, ...(notes.trim() && { notes: notes.trim() }) });
  };
  return (
    <form
      className="weditor stack"
      aria-label={messages.editor}
      onSubmit={submit}
      noValidate
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    >
      <Segments
        label={messages.verdict}
        value={says}
        choices={[
          { value: "wanted", label: messages.isWanted },
          { value: "unwanted", label: messages.isUnwanted },
        ]}
        onChoose={onSays}
      />
      <fieldset className="wperks" aria-describedby={`${id}-hint`}>
        <legend className="t-13 t-b">{messages.which}</legend>
        {columnsOf(sockets).map(({ label, plugs }, index) => (
          <div key={index} className="perk-o" role="group" aria-label={label}>
            {plugs.map((plug) => (
              <button
                key={plug.hash}
                type="button"
                className="perk"
                aria-pressed={chosen.includes(plug.hash)}
                onClick={() => turn(plug.hash)}
              >
                {chosen.includes(plug.hash) && <Icon name="check" extra="i-14" />}
                {plug.name}
              </button>
            ))}
          </div>
        ))}
        <p className="form-text mb-0" id={`${id}-hint`}>
          {messages.whichHint}
        </p>
      </fieldset>
      <div>
        <label className="form-label t-13" htmlFor={id}>
          {messages.notes}
        </label>
        <input
          id={id}
          className="form-control"
          autoComplete="off"
          maxLength={1024}
          value={notes}
          onChange={(event) => setNotes(event.target.value)}
        />
      </div>
      {same && (
        <div className="note info">
          <Icon name="info-circle" />
          <div className="grow">{same.unwanted === unwanted ? messages.there : messages.replaces}</div>
          <button
            type="button"
            className="btn btn-quiet btn-sm"
            aria-disabled={busy}
            onClick={() => busy || onTakeOut({ hash, perks: chosen, unwanted: same.unwanted })}
          >
            {messages.takeItOut}
          </button>
        </div>
      )}
      {there.some((each) => each !== same) && (
        <div>
          <h4 className="t-13 t-b mb-1">{messages.alsoThere}</h4>
          <ul className="wothers">
            {there
              .filter((each) => each !== same)
              .map((each) => (
                <li key={`${each.unwanted} ${perksOf(each)}`}>
                  <button type="button" className="perk" onClick={() => setChosen(each.perks.map((perk) => perk.hash))}>
                    <Glyph
                      name={each.unwanted ? "thumb-down" : "thumb-up"}
                      extra={`g ${each.unwanted ? "t-danger" : "t-accent"}`}
                    />
                    <span className="visually-hidden">{each.unwanted ? messages.isUnwanted : messages.isWanted}: </span>
                    {perksOf(each)}
                  </button>
                </li>
              ))}
          </ul>
        </div>
      )}
      {error && (
        <p className="t-13 t-danger mb-0" role="alert">
          {sentenceOf(error)}
        </p>
      )}
      <div className="row-c wrap">
        <button type="submit" className="btn btn-primary" aria-disabled={busy}>
          {busy ? messages.saving : unwanted ? messages.saveUnwanted : messages.saveWanted}
        </button>
        <button type="button" className="btn btn-ghost" onClick={onCancel}>
          {messages.cancel}
        </button>
      </div>
    </form>
  );
}
