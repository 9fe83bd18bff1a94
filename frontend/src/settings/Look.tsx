import { Icon } from "../ui/Icon";
import { Segments } from "../ui/Segments";
import { Switch } from "../ui/Switch";
import { GROUPS, SORTS } from "../vault/messages";
import { messages } from "./messages";
import { prefer, usePreferences, type Preferences } from "./preferences";
import { Section } from "./Section";

const capital = (word: string) => word.replace(/^./, (letter) => letter.toUpperCase());

/** Acts at once, and is remembered. */
export function Look() {
  const like = usePreferences();
  return (
    <Section id="look" title={messages.look}>
      <div className="panel-b lookg">
        <div>
          <span className="form-label">{messages.theme}</span>
          <Segments
            label={messages.theme}
            value={like.theme}
            onChoose={(theme) => prefer({ theme })}
            choices={[
              { value: "dark", label: <><Icon name="moon" extra="i-16" />{messages.dark}</> },
              { value: "light", label: <><Icon name="sun" extra="i-16" />{messages.light}</> },
              { value: "system", label: messages.system },
            ] as const} // prettier-ignore
          />
        </div>
        <div>
          <span className="form-label">{messages.tiles}</span>
          <Segments
            label={messages.tiles}
            value={like.tile_size}
            onChoose={(tile_size) => prefer({ tile_size })}
            choices={([36, 44, 56] as const).map((size) => ({ value: size, label: size, name: messages.tileSize(size) }))}
          />
        </div>
        <Choice name="group" label={messages.group} choices={GROUPS} />
        <Choice name="sort" label={messages.sort} choices={SORTS} />
        <Switch
          label={messages.hide}
          hint={messages.hideWhy}
          on={like.hide_unmatched}
          onSwitch={(hide_unmatched) => prefer({ hide_unmatched })}
        />
        <Switch
          label={messages.keys}
          hint={messages.keysWhy}
          on={like.single_keys}
          onSwitch={(single_keys) => prefer({ single_keys })}
        />
        <Switch
          label={messages.motion}
          hint={messages.motionWhy}
          on={like.less_motion}
          onSwitch={(less_motion) => prefer({ less_motion })}
        />
      </div>
    </Section>
  );
}

function Choice<K extends "sort" | "group">({
  name,
  label,
  choices,
}: {
  name: K;
  label: string;
  choices: Record<string, string>;
}) {
  const like = usePreferences();
  return (
    <div>
      <label className="form-label" htmlFor={`like-${name}`}>
        {label}
      </label>
      <select
        className="form-select"
        id={`like-${name}`}
        value={like[name]}
        onChange={(event) => prefer({ [name]: event.target.value } as Partial<Preferences>)}
      >
        {Object.entries(choices).map(([value, word]) => (
          <option key={value} value={value}>
            {capital(word)}
          </option>
        ))}
      </select>
    </div>
  );
}
