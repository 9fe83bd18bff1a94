import { useMutation } from "@tanstack/react-query";
import { useId, useMemo, useState, type FormEvent, type KeyboardEvent } from "react";
import { Problem, sentenceOf } from "../../api/client";
import type { Profile } from "../../api/types";
import { saveStat } from "../../customstats/asking";
import { bestOf } from "../../customstats/best";
import { keywordOf, NO_WEIGHTS, SIX, type CustomStat, type Guardian, type Weights } from "../../customstats/totals";
import { nameOf } from "../../items/words";
import { Glyph } from "../../ui/Icon";
import { messages } from "./messages";

const LONGEST = 30;
const MOST = 99;
const LEAST_WEIGHTED = 2;
const WORDS = Object.keys(SIX) as (keyof Weights)[];
const GUARDIANS = Object.keys(messages.guardians) as Guardian[];

interface Props {
  /** The one to change; without it one is made. */
  stat?: CustomStat;
  profile?: Profile;
  onDone: (stat: CustomStat) => void;
  onCancel: () => void;
}

/** Name, class and weights of a total, with what one has that would be best in it, as one changes them. */
export function TotalForm({ stat, profile, onDone, onCancel }: Props) {
  const id = useId();
  const [label, setLabel] = useState(stat?.label ?? "");
  const [guardian, setGuardian] = useState<Guardian>(stat?.guardian ?? "any");
  const [weights, setWeights] = useState<Weights>(stat?.weights ?? NO_WEIGHTS);
  const [lacking, setLacking] = useState<{ field: string; sentence: string }>();
  const saving = useMutation({ mutationFn: () => saveStat({ id: stat?.id, label, guardian, weights }), onSuccess: onDone });
  const keyword = keywordOf(label);
  const failed = saving.error && {
    field: saving.error instanceof Problem ? (saving.error.field ?? "") : "",
    sentence: sentenceOf(saving.error),
  };
  const wrong = lacking ?? failed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (saving.isPending) return;
    const counted = WORDS.filter((word) => weights[word] > 0).length;
    const missing = !keyword
      ? { field: "label", sentence: messages.noName }
      : counted < LEAST_WEIGHTED
        ? { field: "weights", sentence: messages.fewWeights }
        : undefined;
    saving.reset();
    setLacking(missing);
    if (!missing) saving.mutate();
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onCancel();
  };
  return (
    <form className="total-f" onSubmit={submit} onKeyDown={leave} noValidate>
      <div>
        <label className="form-label t-13" htmlFor={id}>
          {messages.name}
        </label>
        <input
          id={id}
          className="form-control total-name"
          aria-describedby={`${id}-hint`}
          aria-invalid={wrong?.field === "label" || undefined}
          autoComplete="off"
          autoFocus
          maxLength={LONGEST}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
        <p className="form-text mb-0" id={`${id}-hint`}>
          {keyword ? <InQueries keyword={keyword} /> : messages.nameHint}
        </p>
      </div>
      <div>
        <label className="form-label t-13" htmlFor={`${id}-guardian`}>
          {messages.guardian}
        </label>
        <select
          id={`${id}-guardian`}
          className="form-select total-name"
          value={guardian}
          onChange={(event) => setGuardian(event.target.value as Guardian)}
        >
          {GUARDIANS.map((value) => (
            <option key={value} value={value}>
              {messages.guardians[value]}
            </option>
          ))}
        </select>
      </div>
      <fieldset aria-describedby={`${id}-weights`}>
        <legend className="form-label t-13">{messages.weights}</legend>
        <div className="total-w">
          {WORDS.map((word) => (
            <Weight
              key={word}
              word={word}
              name={profile?.stats[SIX[word]]?.name ?? word.replace(/^./, (letter) => letter.toUpperCase())}
              value={weights[word]}
              onChange={(value) => setWeights({ ...weights, [word]: value })}
            />
          ))}
        </div>
        <p className="form-text mb-0" id={`${id}-weights`}>
          {messages.weightsHint}
        </p>
      </fieldset>
      <Preview profile={profile} guardian={guardian} weights={weights} />
      {wrong && (
        <p className="t-13 t-danger mb-0" role="alert">
          {wrong.sentence}
        </p>
      )}
      <div className="row-c wrap">
        <button type="submit" className="btn btn-primary" aria-disabled={saving.isPending}>
          {messages.save}
        </button>
        <button type="button" className="btn btn-ghost" onClick={onCancel}>
          {messages.cancel}
        </button>
      </div>
    </form>
  );
}

function InQueries({ keyword }: { keyword: string }) {
  const [shown, base] = messages.inQueries(keyword);
  return (
    <>
      <span className="mono">{shown}</span> {messages.finds} <span className="mono">{base}</span> {messages.findsBase}
    </>
  );
}

interface WeightProps {
  word: keyof Weights;
  name: string;
  value: number;
  onChange: (value: number) => void;
}

/** A number between two buttons, for thumbs. */
function Weight({ word, name, value, onChange }: WeightProps) {
  const id = useId();
  const put = (next: number) => onChange(Math.max(0, Math.min(MOST, Math.trunc(next) || 0)));
  return (
    <div className={value ? "total-s on" : "total-s"}>
      <label htmlFor={id} className="row-c clip">
        <Glyph name={`st-${word}`} />
        <span className="clip">{name}</span>
      </label>
      <div className="row-c">
        <button
          type="button"
          className="btn btn-ghost btn-icon"
          aria-label={messages.less(name)}
          aria-disabled={value <= 0}
          onClick={() => put(value - 1)}
        >
          <span aria-hidden="true">−</span>
        </button>
        <input
          id={id}
          className="form-control num"
          inputMode="numeric"
          value={value}
          onChange={(event) => put(Number(event.target.value))}
          onFocus={(event) => event.target.select()}
          onKeyDown={(event) => {
            const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
            if (!by) return;
            event.preventDefault();
            put(value + by);
          }}
        />
        <button
          type="button"
          className="btn btn-ghost btn-icon"
          aria-label={messages.more(name)}
          aria-disabled={value >= MOST}
          onClick={() => put(value + 1)}
        >
          <span aria-hidden="true">+</span>
        </button>
      </div>
    </div>
  );
}

function Preview({ profile, guardian, weights }: { profile?: Profile; guardian: Guardian; weights: Weights }) {
  const best = useMemo(() => profile && bestOf(profile, guardian, weights), [profile, guardian, weights]);
  if (!profile || !WORDS.some((word) => weights[word] > 0)) return null;
  return (
    <div className="total-p row-c" aria-live="polite">
      {best ? (
        <>
          <img src={best.definition.icon || undefined} width="32" height="32" alt="" className="ii" />
          <span className="clip">
            <span className="t-b d-block clip">{nameOf(best.definition)}</span>
            <span className="t-13 t-2">{messages.preview(best.value, best.of)}</span>
          </span>
        </>
      ) : (
        <span className="t-13 t-2">{messages.noPreview}</span>
      )}
    </div>
  );
}
