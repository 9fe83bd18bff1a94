import type { Profile } from "../api/types";
import { prefer, usePreferences } from "../settings/preferences";
import { ChoiceMenu } from "../ui/ChoiceMenu";
import { LookBack } from "../past/LookBack";
import { Icon } from "../ui/Icon";
import { GROUPS, messages, SORTS } from "./messages";

const WARN_FROM = 95;

/** How full the vault is, and how it is laid out. */
export function VaultHead({ vault }: { vault: Profile["vault"] }) {
  const { sort, group, tile_size } = usePreferences();
  const percent = vault.capacity ? Math.min(100, (vault.used / vault.capacity) * 100) : 0;
  const tone = percent >= 100 ? "bad" : percent >= WARN_FROM ? "warn" : "";
  return (
    <div className="vhead-v" data-store="vault">
      <div className="row-c">
        <span className="t-16 t-b">{messages.title}</span>
        <span className="t-2 nowrap">
          {vault.used.toLocaleString("en")} / {vault.capacity.toLocaleString("en")}
        </span>
        <span className={`t-13 nowrap ${tone === "bad" ? "t-danger" : tone === "warn" ? "t-warn" : "t-3"}`}>
          {tone && <Icon name="alert-triangle" extra="i-14" />} {messages.free(Math.max(0, vault.capacity - vault.used))}
        </span>
      </div>
      <div className={`meter ${tone}`} role="img" aria-label={messages.meter(Math.floor(percent))}>
        <span style={{ width: `${percent}%` }} />
      </div>
      <div className="row-c">
        <ChoiceMenu label={messages.group} value={group} choices={GROUPS} onChoose={(next) => prefer({ group: next })} />
        <ChoiceMenu label={messages.sort} value={sort} choices={SORTS} onChoose={(next) => prefer({ sort: next })} />
        <span className="push" />
        <LookBack />
        <button
          type="button"
          className="btn btn-ghost btn-sm btn-icon"
          aria-label={messages.compact}
          aria-pressed={tile_size === 36}
          data-tip={messages.compact}
          onClick={() => prefer({ tile_size: tile_size === 36 ? 44 : 36 })}
        >
          <Icon name="layout-grid" extra="i-16" />
        </button>
      </div>
    </div>
  );
}
