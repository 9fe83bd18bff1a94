import { useQueryClient } from "@tanstack/react-query";
import { memo, type CSSProperties } from "react";
import { useNavigate } from "react-router";
import type { Profile } from "../api/types";
import { annotate } from "../curation/deeds";
import { askFor } from "../curation/asks";
import { TagLabel } from "../curation/Said";
import { tagMenu } from "../curation/tagMenu";
import { nameOf } from "../items/words";
import { isLockable, lock, move } from "../moving/acts";
import { MovingIcon } from "../moving/icons";
import { openMenu } from "../moving/menu";
import { whereWords } from "../organizer/columns";
import { TableIcon } from "../organizer/icons";
import { Where } from "../organizer/Row";
import type { Row } from "../organizer/rows";
import { Glyph, Icon } from "../ui/Icon";
import { compare, endComparing } from "./comparing";
import type { Cell, Line } from "./lines";
import { messages } from "./messages";

interface Props {
  rows: readonly Row[];
  lines: readonly Line[];
  profile: Profile;
  onLeave: (id: string) => void;
}

/** One column for each item; the first is what the others are compared with. */
export function Sides({ rows, lines, profile, onLeave }: Props) {
  const names = new Set(rows.map(({ definition }) => nameOf(definition)));
  return (
    <div className="cmp-wrap" tabIndex={0} role="region" aria-label={messages.scrolls}>
      <table className="cmp" style={{ "--n": rows.length } as CSSProperties}>
        <thead>
          <tr>
            <td />
            {rows.map((row, index) => (
              <HeadCell
                key={row.id}
                row={row}
                profile={profile}
                named={names.size > 1}
                first={index === 0}
                alone={rows.length < 2}
                onLeave={onLeave}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Wishes rows={rows} />
          <Advice rows={rows} />
          {lines.map((line) => (
            <LineRow key={line.key} line={line} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td />
            {rows.map((row, index) => (
              <td key={row.id} className={index ? "" : "me"} data-compared={row.id}>
                <Deeds row={row} profile={profile} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

interface HeadProps {
  row: Row;
  profile: Profile;
  /** Whether the name tells something. */
  named: boolean;
  first: boolean;
  alone: boolean;
  onLeave: (id: string) => void;
}

function HeadCell({ row, profile, named, first, alone, onLeave }: HeadProps) {
  const { item, definition, said } = row;
  const navigate = useNavigate();
  const name = nameOf(definition);
  const show = () => {
    const page = location.pathname.startsWith("/organizer") ? "organizer" : "vault";
    endComparing();
    void navigate(`/${page}/items/${encodeURIComponent(row.id)}`, { state: { inside: true } });
  };
  return (
    <th scope="col" className={first ? "me" : ""} data-compared={row.id}>
      <div className="row-c cmp-i">
        <button type="button" className="cmp-o" aria-label={messages.open(name)} onClick={show}>
          <img src={definition.icon || undefined} width="44" height="44" alt="" />
        </button>
        <div className="grow clip">
          {named && <div className="t-b clip">{name}</div>}
          <div className={named ? "t-13" : "t-16 t-b"}>
            {item.power}
            {item.gear_tier ? <span className="t-12 t-3 cmp-t"> {messages.tier(item.gear_tier)}</span> : null}
          </div>
          <div className="t-12 t-2 clip cmp-w">
            <Where row={row} profile={profile} /> {whereWords(profile, row)}
            {said?.tag && (
              <>
                {" · "}
                <TagLabel name={said.tag} />
              </>
            )}
            {item.locked && (
              <>
                {" · "}
                <Glyph name="lock-solid" />
                <span className="visually-hidden">locked</span>
              </>
            )}
            {first && <span className="visually-hidden">, {messages.first}</span>}
          </div>
        </div>
        {!first && !alone && (
          <button
            type="button"
            className="btn btn-ghost btn-sm btn-icon"
            aria-label={messages.leave(name)}
            data-tip={messages.leave(name)}
            onClick={() => onLeave(row.id)}
          >
            <Icon name="x" extra="i-16" />
          </button>
        )}
      </div>
    </th>
  );
}

function Wishes({ rows }: { rows: readonly Row[] }) {
  if (!rows.some(({ verdict }) => verdict)) return null;
  return (
    <tr>
      <th scope="row">{messages.wishes}</th>
      {rows.map(({ id, verdict }, index) => (
        <td key={id} className={index ? "" : "me"}>
          {verdict ? (
            <span className={verdict.wanted ? "" : "t-danger"} title={verdict.notes}>
              <Glyph name={verdict.wanted ? "thumb-up" : "thumb-down"} extra={verdict.wanted ? "g t-accent" : "g t-danger"} />{" "}
              {(verdict.wanted ? messages.wants : messages.unwanted)(verdict.lists ?? 1)}
            </span>
          ) : (
            <span className="t-3">{messages.none}</span>
          )}
        </td>
      ))}
    </tr>
  );
}

/** Why one could go, with what is better; and what nothing is better than. */
function Advice({ rows }: { rows: readonly Row[] }) {
  if (!rows.some(({ facts }) => facts?.beaten || facts?.best)) return null;
  return (
    <tr>
      <th scope="row">{messages.advice}</th>
      {rows.map(({ id, facts, definition }, index) => (
        <td key={id} className={index ? "" : "me"}>
          {facts?.beaten ? (
            <button
              type="button"
              className="adv bad cmp-b"
              aria-label={`${messages.beaten(facts.beaten)}. ${messages.showBetter(nameOf(definition))}`}
              onClick={() => compare([id, ...(facts.beaten_by ?? [])], { beaten: facts.beaten })}
            >
              <TableIcon name="arrow-down" extra="i-14" />
              {messages.beaten(facts.beaten)}
            </button>
          ) : facts?.best ? (
            <span className="adv ok">
              <TableIcon name="arrow-up" extra="i-14" />
              {messages.bestOf}
            </span>
          ) : (
            <span className="t-3">–</span>
          )}
        </td>
      ))}
    </tr>
  );
}

const LineRow = memo(function LineRow({ line }: { line: Line }) {
  return (
    <tr>
      <th scope="row">{line.title}</th>
      {line.cells.map((cell, index) => (
        <td key={index} className={[index ? "" : "me", cell.mark ?? ""].filter(Boolean).join(" ")}>
          {cell.value === undefined ? cell.words || <span className="t-3">–</span> : <Value cell={cell} first={!index} />}
        </td>
      ))}
    </tr>
  );
});

function Value({ cell: { words, by, mark, part }, first }: { cell: Cell; first: boolean }) {
  return (
    <span className="cv">
      <span className="cb" aria-hidden="true">
        {part !== undefined && <i style={{ width: `${part}%` }} />}
      </span>
      <b>{words}</b>
      <span className="cm">
        {mark && <TableIcon name={mark === "best" ? "arrow-up" : "arrow-down"} extra="i-14" />}
        {mark ? messages[mark] : first || by === undefined ? "" : by === 0 ? "=" : by > 0 ? `+${by}` : `−${-by}`}
      </span>
    </span>
  );
}

/** What is done with one of them, without leaving the comparison. */
function Deeds({ row, profile }: { row: Row; profile: Profile }) {
  const client = useQueryClient();
  const { id, item, said, definition } = row;
  const name = nameOf(definition);
  const tag = (wanted: "keep" | "junk") => (
    <button
      type="button"
      className="btn btn-quiet btn-sm"
      aria-pressed={said?.tag === wanted}
      onClick={() => void annotate(profile, [id], { tag: said?.tag === wanted ? "" : wanted })}
    >
      <Glyph name={`tag-${wanted}`} />
      {messages[wanted]}
    </button>
  );
  const label = item.locked ? messages.unlock : messages.lock;
  return (
    <div className="row-c cmp-d" role="group" aria-label={name}>
      {tag("keep")}
      {tag("junk")}
      {isLockable(profile, item) && (
        <button
          type="button"
          className="btn btn-quiet btn-sm btn-icon"
          aria-label={label}
          data-tip={label}
          aria-pressed={!!item.locked}
          onClick={() => void lock(profile, [id], !item.locked)}
        >
          <MovingIcon name={item.locked ? "lock" : "lock-open"} extra="i-16" />
        </button>
      )}
      <button
        type="button"
        className="btn btn-ghost btn-sm btn-icon"
        aria-label={messages.more(name)}
        aria-haspopup="menu"
        onClick={({ currentTarget }) =>
          openMenu({
            label: name,
            at: currentTarget,
            back: currentTarget,
            parts: [
              [
                { label: `${messages.tag}…`, icon: "tag", key: "Shift 1", act: () => openMenu(tagMenu(client, profile, [id], currentTarget)) }, // prettier-ignore
                { label: `${messages.note}…`, icon: "note", key: "N", act: () => askFor({ kind: "note", ids: [id] }) },
                ...(item.store === "vault"
                  ? []
                  : [{ label: messages.toVault, icon: "box" as const, key: "V", act: () => void move(profile, [id], "vault") }]),
              ],
              [{ label: messages.makeFirst, icon: "scale", act: () => compare([id]) }],
            ],
          })
        }
      >
        <TableIcon name="dots" extra="i-16" />
      </button>
    </div>
  );
}
