import "../styles/searching.scss";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Profile } from "../api/types";
import type { Combo } from "../app/SearchField";
import { foundNow, hasFilters } from "../search/found";
import { setQuery, useQueryText } from "../search/query";
import { Icon, Outline } from "../ui/Icon";
import { usePhone } from "../ui/usePhone";
import { ActionsButton } from "./ActionsButton";
import { noteUse, suggestionsQuery } from "./asking";
import { putCaret, useCaret } from "./caret";
import { grouped, isWhole } from "./groups";
import { SEARCH_ICONS } from "./icons";
import { messages } from "./messages";
import { Paint } from "./Paint";
import { FLAW, LIST, optionId, Panel } from "./Panel";
import { SaveForm, useKept } from "./SaveForm";
import { useActions } from "./useActions";
import { useAsked } from "./useAsked";
import { useFieldKeys } from "./useFieldKeys";
import { mended, useFlaw } from "./useFlaw";
import { useUnfolded } from "./useUnfolded";
import type { Suggestion } from "./wire";

interface Props {
  field: HTMLInputElement;
  profile: Profile;
  /** Whether just this was searched for already. */
  entered: boolean;
  /** Whether what can be done with what it finds was asked for, too. */
  acting?: boolean;
  onCombo: (combo: Combo) => void;
}

/** All that the search field is beyond a field: it asks the server, colours, suggests, explains and saves. */
export default function Searching({ field, profile, entered, acting, onCombo }: Props) {
  const text = useQueryText();
  const caret = useCaret(field);
  const { answer, away, settled } = useAsked(text, profile);
  const past = !!profile.at;
  const noted = useRef("");
  const remember = useCallback(() => {
    if (!answer?.valid || !answer.remembered || noted.current === answer.query) return;
    noted.current = answer.query;
    noteUse(answer.query);
  }, [answer]);
  const [saving, setSaving] = useState(false);
  const leave = () => {
    remember();
    setSaving(false);
  };
  const { focused, unfolded, setUnfolded } = useUnfolded(field, leave, entered);
  const flaw = useFlaw(text, answer, caret, focused);
  const asked = useQuery({ ...suggestionsQuery(text, caret, profile), enabled: unfolded && !past && settled });
  const suggestions = useMemo(() => (unfolded && !past ? (asked.data ?? []) : []), [unfolded, past, asked.data]);
  const groups = useMemo(() => grouped(suggestions), [suggestions]);
  const begins = unfolded && !past && text === "" && asked.data !== undefined && groups.length === 0;
  const note = past && hasFilters(text) ? messages.past : away ? messages.away : begins ? messages.begin : undefined;

  const take = (suggestion: Suggestion) => {
    setQuery(suggestion.text);
    putCaret(field, suggestion.caret);
    if (isWhole(suggestion)) setUnfolded(false);
  };
  const saveable = !past && !!answer?.saveable && text.trim() !== "";
  // A phone saves from the foot of the panel: the field has no room for a button.
  const foot = usePhone() && saveable;
  // What is wrong stays told until somebody folds it away; the field's own mark stays in any case.
  const [folded, setFolded] = useState<string>();
  const tells = flaw?.hint === false && folded !== text;
  const shown = focused && !saving && (!!flaw || !!note || groups.length > 0 || foot) && (unfolded || tells);
  const chosen = useFieldKeys({
    field,
    text,
    order: useMemo(() => groups.flatMap((group) => group.members.map((each) => each.suggestion)), [groups]),
    fresh: !asked.isPlaceholderData && !asked.isPending,
    unfolded,
    shown,
    setUnfolded,
    onFold: () => {
      setUnfolded(false);
      setFolded(text);
    },
    onTake: take,
    onSearch: remember,
  });
  const mend = (by: string) => {
    const next = mended(text, flaw!, by);
    setQuery(next.text);
    putCaret(field, next.caret);
  };
  const actions = useActions(field, text, answer, profile, entered && acting);
  useCombo(onCombo, shown && groups.length > 0, chosen, shown && !!(flaw ?? note), flaw?.hint === false);
  return (
    <>
      <Paint field={field} text={text} flaw={flaw} />
      {((flaw && !flaw.hint) || away) && (
        <button
          type="button"
          className="btn btn-ghost btn-sm btn-icon t-danger q-bad"
          aria-label={flaw ? messages.flawed(flaw.sentence) : messages.away}
          data-tip={flaw?.sentence ?? messages.away}
          onClick={() => {
            setUnfolded(true);
            putCaret(field, flaw ? flaw.start + flaw.length : text.length);
          }}
        >
          <Icon name="alert-circle" extra="i-16" />
        </button>
      )}
      <ActionsButton
        actions={actions}
        onPress={() => {
          setUnfolded(false);
          setSaving(false);
        }}
      />
      {saveable && <SaveButton query={answer.canonical} open={saving} onPress={() => setSaving(!saving)} />}
      {saving && saveable && (
        <SaveForm
          key={answer.canonical}
          query={answer.canonical}
          onClose={() => {
            setSaving(false);
            field.focus();
          }}
        />
      )}
      {shown && (
        <Panel
          groups={groups}
          chosen={chosen}
          flaw={flaw}
          note={note}
          stays={!!foundNow()?.ids}
          onTake={take}
          onMend={mend}
          acts={actions.count > 0}
          onSave={saveable ? () => setSaving(true) : undefined}
          onLeave={() => setUnfolded(false)}
        />
      )}
    </>
  );
}

function SaveButton({ query, open, onPress }: { query: string; open: boolean; onPress: () => void }) {
  const kept = useKept(query);
  const label = kept ? messages.saved : messages.save;
  return (
    <button
      type="button"
      className={`btn btn-ghost btn-sm btn-icon q-save ${kept ? "is-kept" : ""}`}
      aria-label={label}
      aria-expanded={open}
      data-tip={label}
      onClick={onPress}
    >
      <Outline path={SEARCH_ICONS.bookmark} extra="i-16" />
    </button>
  );
}

/** What the field itself has to say of all this, for who cannot see it. */
function useCombo(onCombo: (combo: Combo) => void, expanded: boolean, chosen: number, told: boolean, flawed: boolean): void {
  useEffect(() => {
    onCombo({
      "aria-expanded": expanded,
      "aria-controls": expanded ? LIST : undefined,
      "aria-activedescendant": expanded && chosen >= 0 ? optionId(chosen) : undefined,
      "aria-describedby": told ? FLAW : undefined,
      "aria-invalid": flawed || undefined,
    });
  }, [onCombo, expanded, chosen, told, flawed]);
  useEffect(() => () => onCombo({ "aria-expanded": false }), [onCombo]);
}
