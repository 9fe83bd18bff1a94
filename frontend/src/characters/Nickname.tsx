import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { sentenceOf } from "../api/client";
import { nameCharacter, profileQuery } from "../api/profile";
import type { Character } from "../api/types";
import { useAt } from "../past/at";
import { Icon } from "../ui/Icon";
import { callName } from "../vault/guardian";
import { LONGEST_NAME, messages } from "./messages";

/** The guardian's name as a heading, and a small form to change it. */
export function Nickname({ character }: { character: Character }) {
  const client = useQueryClient();
  const [editing, setEditing] = useState(false);
  const at = useAt();
  const button = useRef<HTMLButtonElement>(null);
  const naming = useMutation({
    mutationFn: (name: string) => nameCharacter(character.id, name),
    onSuccess: () => {
      setEditing(false);
      return client.invalidateQueries(profileQuery);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    naming.mutate(String(new FormData(event.currentTarget).get("nickname") ?? "").trim());
  };
  const cancel = () => {
    naming.reset();
    setEditing(false);
    setTimeout(() => button.current?.focus());
  };

  if (at || !editing) {
    const label = character.nickname ? messages.rename : messages.edit;
    return (
      <div className="row-c">
        <h1 id="c-name" className="clip">
          {callName(character)}
        </h1>
        {!at && (
          <button
            ref={button}
            type="button"
            className="btn btn-ghost btn-sm btn-icon"
            aria-label={label}
            data-tip={label}
            onClick={() => setEditing(true)}
          >
            <Icon name="pencil" extra="i-16" />
          </button>
        )}
      </div>
    );
  }
  return (
    <form className="nick" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && cancel()}>
      <h1 id="c-name" className="visually-hidden">
        {callName(character)}
      </h1>
      <label className="form-label" htmlFor="nickname">
        {messages.name}
      </label>
      <div className="row-c wrap">
        <input
          className="form-control"
          id="nickname"
          name="nickname"
          maxLength={LONGEST_NAME}
          defaultValue={character.nickname ?? ""}
          autoComplete="off"
          aria-describedby="nickname-why"
          autoFocus
        />
        <button type="submit" className="btn btn-primary" disabled={naming.isPending}>
          {messages.save}
        </button>
        <button type="button" className="btn btn-ghost" onClick={cancel}>
          {messages.cancel}
        </button>
      </div>
      <p
        id="nickname-why"
        className={`form-text mb-0 ${naming.isError ? "t-danger" : ""}`}
        role={naming.isError ? "alert" : undefined}
      >
        {naming.isError ? sentenceOf(naming.error) : messages.nameWhy}
      </p>
    </form>
  );
}
