import { memo, type CSSProperties } from "react";
import type { ItemDefinition } from "../api/types";
import { glyphOfTag, remarksSentence, type Remarks } from "../curation/annotation";
import type { Laid } from "../moving/laid";
import { Glyph, Icon } from "../ui/Icon";
import { elementOf, sentenceOf } from "./words";

interface Props extends Remarks {
  item: Laid;
  definition: ItemDefinition;
  open?: boolean;
  selected?: boolean;
}

const HIGH_TIER = 4;
/** Digits that leave no room for element and lock beside them at the usual spacing. */
const WIDE = 4;

/** One item. A press anywhere in a grid is handled by the grid, which reads `data-id`; so a thousand tiles share one handler. */
export const Tile = memo(function Tile({ item, definition, open, selected, ...remarks }: Props) {
  const element = elementOf(item, definition);
  const stack = (item.quantity ?? 1) > 1 || (item.power === undefined && item.quantity !== undefined);
  const number = stack ? (item.quantity ?? 1).toLocaleString("en") : item.power;
  const tier = item.gear_tier ?? 0;
  const look = [
    "tile",
    item.masterwork && "mw",
    number === undefined && "solo",
    open && "open",
    selected && "sel",
    item.moving && "moving",
  ].filter(Boolean).join(" "); // prettier-ignore
  const sentence = [sentenceOf(item, definition), remarksSentence(remarks), selected && "selected"].filter(Boolean).join(", ");
  const { tag, wanted } = remarks;
  return (
    <button type="button" className={look} data-id={item.id} tabIndex={-1} aria-label={sentence}>
      <img src={definition.icon || undefined} alt="" width="44" height="44" loading="lazy" decoding="async" draggable="false" />
      {wanted !== undefined && !item.pending && (
        <span className={wanted ? "b b-wish" : "b b-wish down"}>
          <Glyph name={wanted ? "thumb-up" : "thumb-down"} />
        </span>
      )}
      {tag && (
        <span className="b b-tag">
          <Glyph name={glyphOfTag(tag)} />
        </span>
      )}
      {item.crafted && (
        <span className="b b-craft">
          <Glyph name="crafted" />
        </span>
      )}
      {tier >= HIGH_TIER && <span className="pips" style={{ "--pips": tier } as CSSProperties} />}
      {selected && (
        <span className="b b-sel">
          <Icon name="check" />
        </span>
      )}
      {item.moving ? (
        <span className="b b-mv">
          <Icon name={item.moving === "waits" ? "clock" : "transfer"} />
        </span>
      ) : (
        item.pending && (
          <span className={`b b-pend ${item.pending}`}>
            <Icon name={item.pending === "unconfirmed" ? "alert-triangle" : "circle-dashed"} />
          </span>
        )
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
