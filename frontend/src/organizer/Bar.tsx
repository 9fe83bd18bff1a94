import { useQueryClient } from "@tanstack/react-query";
import type { Profile } from "../api/types";
import { ChoiceMenu } from "../ui/ChoiceMenu";
import { Glyph } from "../ui/Icon";
import { Segments } from "../ui/Segments";
import { factsQuery } from "./asking";
import { TableIcon } from "./icons";
import { messages } from "./messages";
import type { Choices } from "./narrow";
import type { Basis } from "./stats";
import type { Category } from "./wire";

interface Props {
  profile: Profile;
  choices: Choices;
  /** By bucket: what there is to choose from. */
  slots: Record<string, string>;
  basis: Basis;
  columns: number;
  /** The search that finds what is shown; undefined: none does. */
  search?: string;
  onChoose: (change: Partial<Choices>) => void;
  onBasis: (basis: Basis) => void;
  onColumns: () => void;
}

const CATEGORIES: Category[] = ["weapons", "armor", "other"];
const GUARDIANS = ["titan", "hunter", "warlock"] as const;

/** What is in the table, and what can be had of it. */
export function Bar({ profile, choices, slots, basis, columns, search, onChoose, onBasis, onColumns }: Props) {
  const { category, guardian, slot, advice } = choices;
  const client = useQueryClient();
  const gear = category !== "other";
  return (
    <div className="org-bar">
      <h1 className="h2">{messages.title}</h1>
      <Segments
        label={messages.kind}
        value={category}
        choices={CATEGORIES.map((value) => ({ value, label: messages.kinds[value] }))}
        onChoose={(next) => {
          void client.prefetchQuery(factsQuery(next, profile));
          onChoose({ category: next, slot: "all", advice: "all" });
        }}
      />
      {category === "armor" && (
        <Segments
          label={messages.guardian}
          value={guardian}
          choices={[
            { value: "all" as const, label: messages.guardians.all },
            ...GUARDIANS.map((value) => ({
              value,
              name: messages.guardians[value],
              label: (
                <>
                  <Glyph name={`cls-${value}`} />
                  <span className="oclass">{messages.guardians[value]}</span>
                </>
              ),
            })),
          ]}
          onChoose={(next) => onChoose({ guardian: next })}
        />
      )}
      <ChoiceMenu label={messages.slot} value={slot} choices={slots} onChoose={(next) => onChoose({ slot: next })} />
      {gear && (
        <>
          <ChoiceMenu
            label={messages.adviceLabel}
            value={advice}
            choices={messages.advices}
            onChoose={(next) => onChoose({ advice: next })}
          />
          <ChoiceMenu label={messages.stats} value={basis} choices={messages.bases} onChoose={onBasis} />
        </>
      )}
      <span className="push row-c gap-4">
        <button type="button" className="btn btn-ghost" aria-haspopup="dialog" onClick={onColumns}>
          <TableIcon name="columns" />
          {messages.columns} <span className="count">{columns}</span>
        </button>
        <Csv category={category} slot={slots[slot]} search={search} />
      </span>
    </div>
  );
}

/** Of the rest only ghosts have columns that others know. */
function Csv({ category, slot, search }: { category: Category; slot?: string; search?: string }) {
  const kind = category !== "other" ? category : slot === "Ghost" ? "ghosts" : undefined;
  const why = !kind ? messages.csvNot : search === undefined ? messages.csvLong : undefined;
  const face = (
    <>
      <TableIcon name="spreadsheet" />
      {messages.csv}
    </>
  );
  if (!kind || why) {
    return (
      <button type="button" className="btn btn-ghost" aria-disabled="true" data-tip={why}>
        {face}
        <span className="visually-hidden">: {why}</span>
      </button>
    );
  }
  const asked = new URLSearchParams({ category: kind, ...(search && { q: search }) }).toString();
  return (
    <a className="btn btn-ghost" href={`/api/v1/items.csv?${asked}`} download data-tip={messages.csvTip}>
      {face}
    </a>
  );
}
