import { useLayoutEffect, useRef, type CSSProperties } from "react";
import type { Character, Item, Profile } from "../api/types";
import { remarksOn } from "../curation/annotation";
import { Tile } from "../items/Tile";
import { definitionOf } from "../items/words";
import { useSelection } from "../moving/selection";
import { useMatches } from "../search/useMatches";
import { usePreferences } from "../settings/preferences";
import { ACCOUNT, POSTMASTER, type Row } from "../vault/arrange";
import { dimUnmatched } from "../vault/dim";
import { ensureStop } from "../vault/rove";
import { guardianColour } from "../vault/VaultRow";
import { useArranged, useTileEvents } from "../vault/Vault";
import { GROUPS, messages } from "./messages";

const ORDER = ["weapons", "armor", "general", "inventory", "other", "postmaster"] as const;

/** Everything one guardian wears and carries, by category; what all guardians share is in the vault's page. */
export function Inventory({ character, profile }: { character: Character; profile: Profile }) {
  const { sort } = usePreferences();
  const rows = useArranged(profile, sort, "none");
  const matches = useMatches(profile);
  const selected = useSelection();
  const events = useTileEvents();
  const own = rows.filter((row) => row.cells.has(character.id) && !row.cells.has(ACCOUNT));
  return (
    <div className="cinv" style={{ "--c": guardianColour(character) } as CSSProperties} {...events}>
      {ORDER.map((group) => {
        const members = own.filter((row) => row.group === group);
        if (!members.length) return null;
        return (
          <section key={group} className="panel" aria-labelledby={`g-${group}`} id={`group-${group}`}>
            <div className="panel-h">
              <h2 id={`g-${group}`}>{GROUPS[group]}</h2>
            </div>
            <div className="panel-b crows">
              {members.map((row) => (
                <Bucket key={row.key} row={row} character={character} profile={profile} matches={matches} selected={selected} />
              ))}
            </div>
          </section>
        );
      })}
    </div>
  );
}

interface BucketProps {
  row: Row;
  character: Character;
  profile: Profile;
  matches?: Set<string>;
  selected: ReadonlySet<string>;
}

function Bucket({ row, character, profile, matches, selected }: BucketProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!box.current) return;
    dimUnmatched(box.current, matches);
    ensureStop(box.current);
  });
  const cell = row.cells.get(character.id)!;
  const items = [...cell.equipped, ...cell.rest];
  // Messages lie in the postmaster too, but take none of its places.
  const full = row.key === POSTMASTER ? character.postmaster : { used: items.length, capacity: row.capacity };
  const tile = (item: Item) => (
    <Tile
      key={item.id}
      item={item}
      definition={definitionOf(profile.definitions, item.hash)}
      {...remarksOn(profile, item)}
      selected={selected.has(item.id)}
    />
  );
  return (
    <div className="crow" data-grid ref={box}>
      <div className="crow-l">
        <h3>{row.name}</h3>
        <span>{messages.of(full.used, full.capacity)}</span>
      </div>
      <div className="vcell" data-store={character.id}>
        {cell.equipped[0] && <div className="eq">{tile(cell.equipped[0])}</div>}
        <div className="tiles">{[...cell.equipped.slice(1), ...cell.rest].map(tile)}</div>
      </div>
    </div>
  );
}
