import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { Icon, Outline } from "../ui/Icon";
import { filtersQuery } from "./asking";
import { underlined, type SuggestionGroup } from "./groups";
import { SEARCH_ICONS } from "./icons";
import { messages } from "./messages";
import { shorter } from "./tokens";
import type { Remark } from "./useFlaw";
import type { Suggestion } from "./wire";

export const LIST = "search-list";
export const FLAW = "search-flaw";
export const optionId = (index: number) => `search-option-${index}`;

interface Props {
  groups: SuggestionGroup[];
  chosen: number;
  flaw?: Remark;
  /** Something else to say: why it cannot be searched like this. */
  note?: string;
  /** Whether anything valid was found before. */
  stays: boolean;
  onTake: (suggestion: Suggestion) => void;
  onMend: (by: string) => void;
  /** Whether anything can be done with what is found. */
  acts: boolean;
  onSave?: () => void;
  onLeave: () => void;
}

/** What unfolds under the field: what is wrong, what could come next, and how to choose it. */
export function Panel({ groups, chosen, flaw, note, stays, onTake, onMend, acts, onSave, onLeave }: Props) {
  return (
    // The field keeps its focus, whatever is pressed in here.
    <div className="ac menu" onPointerDown={(event) => event.target instanceof HTMLAnchorElement || event.preventDefault()}>
      {flaw && <Reason flaw={flaw} stays={stays} onMend={onMend} />}
      {note && (
        <p className="ac-p t-13 t-2" id={FLAW}>
          <Icon name="info-circle" extra="i-16" /> {note}
        </p>
      )}
      {groups.length > 0 && (
        <div className="ac-l" role="listbox" id={LIST} aria-label={messages.suggestions}>
          {groups.map((group) => (
            <div key={group.name} role="group" aria-labelledby={`ac-${group.name}`}>
              <div className="ac-h" id={`ac-${group.name}`} role="presentation">
                {group.title}
              </div>
              {group.members.map(({ suggestion, index }) => (
                <Option
                  key={suggestion.kind + suggestion.text}
                  suggestion={suggestion}
                  index={index}
                  chosen={index === chosen}
                  next={chosen < 0 && index === 0 && group.name === "filters"}
                  onTake={onTake}
                />
              ))}
            </div>
          ))}
        </div>
      )}
      <Foot chooses={groups.length > 0} acts={acts} onSave={onSave} onLeave={onLeave} />
    </div>
  );
}

function Reason({ flaw, stays, onMend }: { flaw: Remark; stays: boolean; onMend: (by: string) => void }) {
  return (
    <div className="ac-p">
      <p className={`t-13 mb-0 ${flaw.hint ? "t-2" : "t-danger"}`} id={FLAW} role="status">
        <Icon name={flaw.hint ? "info-circle" : "alert-circle"} extra="i-16" /> {flaw.sentence}
      </p>
      {!!flaw.nearest?.length && (
        <div className="row-c wrap gap-4 mt-2">
          <span className="t-13 t-2">{messages.meant}</span>
          {flaw.nearest.map((each) => (
            <button key={each} type="button" className="chip mono" onClick={() => onMend(each)}>
              {each}
            </button>
          ))}
        </div>
      )}
      {!flaw.hint && <p className="t-13 t-2 mt-2 mb-0">{stays ? messages.stays : messages.nothingYet}</p>}
    </div>
  );
}

interface OptionProps {
  suggestion: Suggestion;
  index: number;
  chosen: boolean;
  /** What Tab would take. */
  next: boolean;
  onTake: (suggestion: Suggestion) => void;
}

function Option({ suggestion, index, chosen, next, onTake }: OptionProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const { kind, means, name, count } = suggestion;
  // Beside other words it is counted how many of them fit those, too.
  const alone = kind === "item" && shorter(suggestion.text) === undefined;
  return (
    <div
      ref={row}
      id={optionId(index)}
      className={`ac-i ${chosen ? "is-active" : next ? "is-next" : ""}`}
      role="option"
      aria-selected={chosen}
      onClick={() => onTake(suggestion)}
    >
      <Mark suggestion={suggestion} />
      <span className="mono clip">
        {underlined(suggestion).map((part, place) => (part.marked ? <mark key={place}>{part.text}</mark> : part.text))}
      </span>
      <span className="d clip">{kind === "saved" && name ? messages.savedAs(name) : means}</span>
      <span className="n">{count !== undefined && (alone ? messages.own(count) : messages.items(count))}</span>
    </div>
  );
}

function Mark({ suggestion: { kind, icon } }: { suggestion: Suggestion }) {
  if (icon) return <img src={icon} width="24" height="24" alt="" />;
  if (kind === "saved") return <Outline path={SEARCH_ICONS.bookmark} extra="i-16" />;
  if (kind === "recent") return <Icon name="clock" extra="i-16" />;
  return <Outline path={SEARCH_ICONS.filter} extra="i-16" />;
}

function Foot({ chooses, acts, onSave, onLeave }: Pick<Props, "acts" | "onSave" | "onLeave"> & { chooses: boolean }) {
  const total = useQuery(filtersQuery(false)).data?.total;
  return (
    <div className="ac-f">
      {chooses && (
        <>
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> {messages.choose}
          </span>
          <span>
            <kbd>Tab</kbd> {messages.complete}
          </span>
        </>
      )}
      <span>
        <kbd>Enter</kbd> {messages.search}
      </span>
      <span>
        <kbd>Esc</kbd> {messages.close}
      </span>
      {acts && (
        <span>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> {messages.act}
        </span>
      )}
      {onSave && (
        <button type="button" className="btn btn-ghost btn-sm d-phone" onClick={onSave}>
          <Outline path={SEARCH_ICONS.bookmark} extra="i-16" />
          {messages.save}
        </button>
      )}
      <Link className="push" to="/search" onClick={onLeave}>
        {messages.all(total)}
      </Link>
    </div>
  );
}
