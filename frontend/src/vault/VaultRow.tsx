import { memo, useLayoutEffect, useRef, useState, type CSSProperties } from "react";
import type { Character, Item, Profile } from "../api/types";
import { remarksOn } from "../curation/annotation";
import { Tile } from "../items/Tile";
import { definitionOf } from "../items/words";
import { RoomButton } from "../moving/MailButton";
import { Glyph, Icon, Silhouette } from "../ui/Icon";
import { ACCOUNT, OTHER, POSTMASTER, type Cell, type Row } from "./arrange";
import { dimUnmatched } from "./dim";
import { callName } from "./guardian";
import type { Group } from "./group";
import { messages } from "./messages";
import { PostmasterNote } from "./PostmasterNote";
import { ensureStop } from "./rove";

export interface Shown {
  profile: Profile;
  /** Ids that match the search; undefined: nothing was asked. */
  matches?: Set<string>;
  selected: ReadonlySet<string>;
  /** The item whose sheet is open. */
  open?: string;
  /** On a phone: the one store that is looked at. */
  only?: string;
}

/** On a phone: about three lines of the vault are shown beside a guardian. */
const FEW = 18;

interface Props extends Shown {
  row: Row;
  /** False: an empty frame of the final height, to be filled in a moment. */
  drawn: boolean;
  height: number;
  folded: boolean;
}

/** One bucket: its label, a cell for each character, and the vault's. */
export const VaultRow = memo(function VaultRow({ row, drawn, height, folded, ...shown }: Props) {
  const section = useRef<HTMLElement>(null);
  const { profile, matches, only } = shown;
  useLayoutEffect(() => {
    if (!section.current) return;
    dimUnmatched(section.current, matches);
    ensureStop(section.current);
  });
  const heading = `h-${row.key}`;
  const characters = only && only !== "vault" ? profile.characters.filter((each) => each.id === only) : profile.characters;
  return (
    <section
      ref={section}
      className="vgrid vrow"
      id={`row-${row.key}`}
      data-grid
      aria-labelledby={heading}
      style={{ containIntrinsicSize: `auto ${height}px` }}
    >
      <div className="vlabel">
        <h2 id={heading}>{row.name}</h2>
        <span>
          {row.count}
          {row.shared && <span className="d-desk d-block">{messages.shared}</span>}
        </span>
      </div>
      {!drawn ? (
        <div style={{ height: height - 1 }} />
      ) : (
        <>
          {only !== "vault" && <Guardians row={row} characters={characters} folded={folded} {...shown} />}
          <VaultCell row={row} {...shown} />
        </>
      )}
    </section>
  );
});

function Guardians({ row, characters, folded, ...shown }: { row: Row; characters: Character[]; folded: boolean } & Shown) {
  const flat = row.key === POSTMASTER;
  if (row.shared) {
    const cell = row.cells.get(ACCOUNT);
    const style = { gridColumn: `span ${Math.max(1, shown.profile.characters.length)}` };
    return (
      <div
        className={`vcell flat shared ${shown.only ? "cur" : ""}`}
        style={style}
        role="group"
        aria-label={messages.sharedByAll}
      >
        <Sub label={messages.sharedByAll} count={size(cell)} />
        <div className="tiles">{cell && <Tiles items={[...cell.equipped, ...cell.rest]} {...shown} />}</div>
      </div>
    );
  }
  return characters.map((character) => {
    const cell = row.cells.get(character.id);
    const [worn, ...moreWorn] = cell?.equipped ?? [];
    const rest = cell ? [...moreWorn, ...cell.rest] : [];
    const name = callName(character);
    const bare = flat || !worn;
    return (
      <div
        key={character.id}
        className={`vcell ${bare ? "flat" : ""} ${shown.only ? "cur" : ""}`}
        data-store={character.id}
        style={{ "--c": guardianColour(character) } as CSSProperties}
        role="group"
        aria-label={messages.on(name)}
      >
        <Sub
          label={messages.on(name)}
          count={flat ? character.postmaster.used : size(cell)}
          capacity={flat ? character.postmaster.capacity : row.capacity}
          full={!flat && row.vaultCount > 0 && isFull(row, cell) ? { store: character.id, bucket: Number(row.key) } : undefined}
        />
        {worn && (
          <div className="eq">
            <Tiles items={[worn]} {...shown} />
          </div>
        )}
        <div className="tiles">
          <Tiles items={rest} {...shown} />
        </div>
        {folded && rest.length > 0 && !flat && <div className="rest">+{rest.length}</div>}
      </div>
    );
  });
}

function VaultCell({ row, ...shown }: { row: Row } & Shown) {
  const [all, setAll] = useState(false);
  if (row.group === "postmaster") {
    return row.key !== POSTMASTER ? (
      <div className="vcell v" />
    ) : (
      <div className="vcell v">
        <PostmasterNote characters={shown.profile.characters} />
      </div>
    );
  }
  return (
    <div className={`vcell v ${all ? "all" : ""}`} data-store="vault" role="group" aria-label={messages.inVault}>
      <Sub label={messages.inVault} count={row.vaultCount} />
      {row.key === OTHER && <p className="t-13 t-3 mb-2">{messages.otherWhy}</p>}
      <div className="tiles">
        {row.vault.map((group) => (
          <GroupTiles key={group.key} group={group} {...shown} />
        ))}
      </div>
      {shown.only && shown.only !== "vault" && row.vaultCount > FEW && (
        <button type="button" className="btn btn-ghost btn-sm mt-2 w-100" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? messages.showFewer : messages.showAll(row.vaultCount)}
          <Icon name="chevron-down" extra={`i-16 ${all ? "turned" : ""}`} />
        </button>
      )}
    </div>
  );
}

function GroupTiles({ group, matches, ...shown }: { group: Group } & Shown) {
  return (
    <>
      {group.label && <GroupLabel group={group} matches={matches} />}
      <Tiles items={group.items} {...shown} />
    </>
  );
}

interface Tiled extends Omit<Shown, "matches" | "only"> {
  items: Item[];
}

/** What a search finds is not asked for here, so that a letter draws no tile anew: `dim.ts`. */
const Tiles = memo(function Tiles({ items, profile, selected, open }: Tiled) {
  return items.map((item) => (
    <Tile
      key={item.id}
      item={item}
      definition={definitionOf(profile.definitions, item.hash)}
      {...remarksOn(profile, item)}
      open={open === item.id}
      selected={selected.has(item.id)}
    />
  ));
}, sameTiles);

function sameTiles(one: Tiled, other: Tiled): boolean {
  return (
    one.profile === other.profile &&
    one.selected === other.selected &&
    one.open === other.open &&
    one.items.length === other.items.length &&
    one.items.every((item, index) => item === other.items[index])
  );
}

function GroupLabel({ group, matches }: { group: Group; matches?: Set<string> }) {
  const total = group.items.length;
  const found = matches ? group.items.filter((item) => matches.has(item.id)).length : total;
  const look = !matches ? "" : found ? "hit" : "dim";
  return (
    <div className={`tgroup ${look}`} data-tip={group.label}>
      <GroupMark mark={group.mark} />
      <span>
        <span className="visually-hidden">{group.label}: </span>
        {found && found < total ? `${found} of ${total}` : total}
      </span>
    </div>
  );
}

function GroupMark({ mark }: { mark: Group["mark"] }) {
  if (!mark) return null;
  if ("class" in mark) return <Glyph name={`cls-${mark.class}`} extra="g-18" />;
  if ("element" in mark) return <Glyph name={`el-${mark.element}`} extra={`g-18 el-${mark.element}`} />;
  if ("tier" in mark) return <span className={`tgroup-t ra-${mark.tier}`} />;
  return <Silhouette kind={mark.kind} />;
}

interface SubProps {
  label: string;
  count: number;
  capacity?: number;
  full?: { store: string; bucket: number };
}

function Sub({ label, count, capacity, full }: SubProps) {
  const words = capacity ? messages.of(count, capacity) : count;
  return (
    <div className="vsub">
      <span>{label}</span>
      {full ? <RoomButton {...full}>{words}</RoomButton> : <span>{words}</span>}
    </div>
  );
}

const isFull = (row: Row, cell?: Cell) => !!row.capacity && size(cell) >= row.capacity;

const size = (cell?: Cell) => (cell ? cell.equipped.length + cell.rest.length : 0);

export function guardianColour(character: Character): string {
  return character.class === "unknown" ? "var(--vr-control)" : `var(--vr-${character.class})`;
}
