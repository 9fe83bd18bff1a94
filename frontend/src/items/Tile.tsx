import { memo } from "react";
import type { Item, ItemDefinition } from "../api/types";
import { Glyph } from "../ui/Icon";
import { elementOf, sentenceOf } from "./words";

interface Props {
  item: Item;
  definition: ItemDefinition;
  dim?: boolean;
  open?: boolean;
}

const HIGH_TIER = 4;
/** Digits that leave no room for element and lock beside them at the usual spacing. */
const WIDE = 4;

/** One item. A press anywhere in a grid is handled by the grid, which reads `data-id`; so a thousand tiles share one handler. */
export const Tile = memo(function Tile({ item, definition, dim, open }: Props) {
  const element = elementOf(item, definition);
  const stack = (item.quantity ?? 1) > 1 || (item.power === undefined && item.quantity !== undefined);
  const number = stack ? (item.quantity ?? 1).toLocaleString("en") : item.power;
  const tier = item.gear_tier ?? 0;
  const look = `tile${item.masterwork ? " mw" : ""}${number === undefined ? " solo" : ""}${dim ? " dim" : ""}${open ? " open" : ""}`;
  return (
    <button type="button" className={look} data-id={item.id} tabIndex={-1} aria-label={sentenceOf(item, definition)}>
      <img src={definition.icon || undefined} alt="" width="44" height="44" loading="lazy" decoding="async" draggable="false" />
      {item.crafted && (
        <span className="b b-craft">
          <Glyph name="crafted" />
        </span>
      )}
      {tier >= HIGH_TIER && (
        <span className="pips">
          {Array.from({ length: tier }, (_, index) => (
            <i key={index} />
          ))}
        </span>
      )}
      {number !== undefined && (
        <span className={element && item.locked && String(number).length >= WIDE ? "s tight" : "s"}>
          {element && <Glyph name={`el-${element}`} extra={`g el-${element}`} />}
          {number}
          {item.locked && <Glyph name="lock-solid" extra="lk" />}
        </span>
      )}
    </button>
  );
});
