import "./advice.scss";
import { memo, type CSSProperties } from "react";
import type { Profile } from "../api/types";
import { glyphOfTag } from "../curation/annotation";
import { TagLabel } from "../curation/Said";
import { elementOf, ELEMENTS, nameOf } from "../items/words";
import { Glyph, Icon } from "../ui/Icon";
import type { Column } from "./columns";
import { TableIcon } from "./icons";
import { messages } from "./messages";
import { adviceOn, type Row } from "./rows";

/** The column of ticks, which is none of the choosable. */
export const TICK = "tick";

interface Props {
  row: Row;
  columns: readonly Column[];
  profile: Profile;
  /** Among all, from 0. */
  index: number;
  selected: boolean;
  open: boolean;
  /** The column whose cell is the table's tab stop, if it is in this row. */
  stop?: string;
  /** By column: the highest there is. */
  highest: ReadonlyMap<string, number>;
}

/** One item. A press anywhere in it is handled by the table, which reads `data-id` and `data-column`. */
export const ItemRow = memo(function ItemRow({ row, columns, profile, index, selected, open, stop, highest }: Props) {
  const look = [selected && "on", open && "open", row.item.moving && "moving"].filter(Boolean).join(" ");
  const reach = (column: string) => (stop === column ? 0 : -1);
  return (
    <tr className={`orow ${look}`} data-id={row.id} aria-rowindex={index + 2} aria-selected={selected}>
      <td className="c-chk" data-column={TICK} tabIndex={reach(TICK)}>
        <input
          className="form-check-input"
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          readOnly
          aria-label={messages.select(nameOf(row.definition))}
        />
      </td>
      {columns.map((column) => {
        const Cell = column.look === "name" ? "th" : "td";
        const term = column.term?.(row);
        const beaten = isBeaten(column, row);
        const live = column.look === "name" || !!term || beaten;
        return (
          <Cell
            key={column.id}
            scope={Cell === "th" ? "row" : undefined}
            className={[classOf(column), live && "live"].filter(Boolean).join(" ")}
            data-column={column.id}
            tabIndex={reach(column.id)}
            title={beaten ? messages.beatenLong(nameOf(row.definition), row.facts?.beaten ?? 0) : term && messages.narrow(term)}
          >
            <Content column={column} row={row} profile={profile} highest={highest.get(column.id)} />
          </Cell>
        );
      })}
    </tr>
  );
});

export const isBeaten = (column: Column, row: Row) => column.look === "advice" && adviceOn(row)[0] === "beaten";

export function classOf({ look }: Column): string {
  if (look === "name") return "c-name";
  if (look === "stat") return "c-st num";
  return look === "number" ? "num" : "";
}

interface ContentProps {
  column: Column;
  row: Row;
  profile: Profile;
  highest?: number;
}

function Content({ column, row, profile, highest }: ContentProps) {
  const said = column.words(row);
  switch (column.look) {
    case "name":
      return <Name row={row} said={said} />;
    case "where":
      return (
        <>
          <Where row={row} profile={profile} /> {said}
        </>
      );
    case "tier":
      return <Tier row={row} />;
    case "stat":
      return <Stat value={column.worth(row) as number | undefined} highest={highest} />;
    case "advice":
      return <Advice row={row} said={said} />;
    case "tag":
      return row.said?.tag ? (
        <>
          <Glyph name={glyphOfTag(row.said.tag)} /> <TagLabel name={row.said.tag} />
        </>
      ) : (
        none
      );
    case "verdict":
      return row.verdict ? (
        <span className={row.verdict.wanted ? "t-accent" : "t-danger"}>
          <Glyph name={row.verdict.wanted ? "thumb-up" : "thumb-down"} /> {said}
        </span>
      ) : (
        none
      );
    default:
      return said || none;
  }
}

const none = <span className="t-3">{messages.none}</span>;

function Name({ row: { item, definition, said, verdict }, said: name }: { row: Row; said: string }) {
  const element = elementOf(item, definition);
  return (
    <span className="row-c oname">
      <img src={definition.icon || undefined} width="32" height="32" alt="" loading="lazy" decoding="async" className="ii" />
      <span className="clip">
        <span className={`t-b d-block clip ${definition.tier === "exotic" ? "ra-exotic" : ""}`}>{name}</span>
        <span className="row-c t-12 t-3 omarks">
          {element && (
            <>
              <Glyph name={`el-${element}`} extra={`g el-${element}`} />
              <span className="visually-hidden">{ELEMENTS[element]} </span>
            </>
          )}
          <span className="clip">{definition.type}</span>
          {item.locked && <Mark name="lock-solid" words={messages.locked} />}
          {item.masterwork && <Mark name="mw" words={messages.masterwork} extra="g ra-exotic" />}
          {item.crafted && <Mark name="crafted" words={messages.crafted} />}
          {verdict && (
            <Mark
              name={verdict.wanted ? "thumb-up" : "thumb-down"}
              words={verdict.wanted ? messages.wanted : messages.unwanted}
              extra={verdict.wanted ? "g t-accent" : "g t-danger"}
            />
          )}
          {said?.tag && (
            <span className="row-c otag">
              <Glyph name={glyphOfTag(said.tag)} />
              <span className="visually-hidden">tag </span>
              <TagLabel name={said.tag} />
            </span>
          )}
          {said?.notes && <span className="visually-hidden">, {messages.noted}</span>}
        </span>
      </span>
    </span>
  );
}

function Mark({ name, words, extra }: { name: Parameters<typeof Glyph>[0]["name"]; words: string; extra?: string }) {
  return (
    <>
      <Glyph name={name} extra={extra} />
      <span className="visually-hidden">{words}</span>
    </>
  );
}

export function Where({ row: { item }, profile }: { row: Row; profile: Profile }) {
  if (item.store === "vault") return <Icon name="box" extra="i-14" />;
  if (item.place === "postmaster") return <Icon name="mailbox" extra="i-14" />;
  const guardian = profile.characters.find(({ id }) => id === item.store)?.class;
  if (!guardian || guardian === "unknown") return <Icon name="users" extra="i-14" />;
  return <Glyph name={`cls-${guardian}`} extra={`g gu-${guardian}`} />;
}

function Tier({ row: { item, definition } }: { row: Row }) {
  const tier = item.gear_tier ?? 0;
  if (!tier) return definition.tier === "exotic" ? <span className="ra-exotic">exotic</span> : none;
  return (
    <span className="tier" role="img" aria-label={messages.tier(tier)}>
      {Array.from({ length: tier }, (_, index) => (
        <i key={index} />
      ))}
    </span>
  );
}

const WHOLE = 100;

function Stat({ value, highest = 0 }: { value?: number; highest?: number }) {
  if (value === undefined) return none;
  const look = value === 0 ? "zero" : value === highest ? "top" : "";
  const part = `${Math.max(0, Math.min(WHOLE, highest > 0 ? (value / highest) * WHOLE : 0))}%`;
  return (
    <span className={`sv ${look}`} style={{ "--v": part } as CSSProperties}>
      {value.toLocaleString("en")}
    </span>
  );
}

const LOOKS = { beaten: "bad", best: "ok", wanted: "ok", unwanted: "bad", loadouts: "" };

function Advice({ row, said }: { row: Row; said: string }) {
  const [first] = adviceOn(row);
  if (!first) return none;
  return (
    <span className={`adv ${LOOKS[first]}`} title={first === "loadouts" ? row.facts?.loadouts?.join(", ") : undefined}>
      {first === "beaten" && <TableIcon name="arrow-down" extra="i-14" />}
      {first === "best" && <TableIcon name="arrow-up" extra="i-14" />}
      {first === "loadouts" && <TableIcon name="shirt" extra="i-14" />}
      {first === "wanted" && <Glyph name="thumb-up" />}
      {first === "unwanted" && <Glyph name="thumb-down" />}
      {said}
    </span>
  );
}
