"""The page that stands in for bungie.net's "this application asks for your permission". Self-contained: no script, no picture."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import msgspec

from vaultraider.simulator.answers import HTML, Answer
from vaultraider.simulator.credentials import App

if TYPE_CHECKING:
    from vaultraider.simulator.box import Box

COULD = ("See your guardians, vault and vendors", "Move and equip your items", "Swap free perks, mods and shaders")
COULD_NOT = ("Dismantle, buy or spend", "Read messages or friends", "See your password")
ANSWERS = (
    ("", "What the button says"),
    ("wrong_state", "A state that does not match (expect 403)"),
    ("old_code", "An expired code"),
    ("down", "Bungie down (503)"),
    ("throttled", "Throttled (wait 10 s)"),
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_STYLE = """
:root{color-scheme:dark light;--bg:#0e1113;--surface:#15191c;--raised:#1c2125;--line:#283035;--control:#6d7980;--text:#e6ebe9;
--text2:#b4bdbf;--accent:#62cbb3;--on:#0e1113;--warn:#ecb955;--focus:#b9f3e5}
@media (prefers-color-scheme:light){:root{--bg:#f1f3f0;--surface:#fff;--raised:#f6f8f5;--line:#dce1dd;--control:#78847f;
--text:#161c1f;--text2:#424d52;--accent:#0b6b5c;--on:#fff;--warn:#7d5200;--focus:#07463c}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:400 14px/20px -apple-system,"Segoe UI",Roboto,
"Noto Sans","Liberation Sans",Arial,sans-serif}
.bar{background:var(--raised);border-bottom:1px solid var(--line);padding:12px 16px;border-top:3px solid var(--warn)}
main{max-width:640px;margin:24px auto;padding:0 12px}
section{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:24px;margin-bottom:16px}
h1{font:600 26px/32px inherit;font-size:26px;line-height:32px;margin:0 0 16px}h2{font-size:14px;margin:0 0 8px}
.two{display:grid;grid-template-columns:1fr 1fr;gap:16px}@media (max-width:520px){.two{grid-template-columns:1fr}}
ul{margin:0;padding:0 0 0 20px;color:var(--text2)}fieldset{border:0;margin:16px 0 0;padding:0}
legend{font-weight:600;padding:0;margin-bottom:8px}
.who{display:flex;gap:12px;align-items:center;min-height:44px;padding:8px 12px;border:1px solid var(--line);border-radius:8px;
margin-bottom:8px;cursor:pointer}.who:has(input:checked){border-color:var(--accent);background:var(--raised)}
.who b{display:block;overflow-wrap:anywhere}.who span span{color:var(--text2);font-size:13px}
input[type=radio]{width:18px;height:18px;accent-color:var(--accent);flex:none}
.acts{display:flex;gap:12px;margin-top:16px}button{font:inherit;font-weight:550;min-height:44px;
padding:0 20px;border-radius:6px;border:1px solid var(--control);background:transparent;color:var(--text);cursor:pointer}
button.go{flex:1;background:var(--accent);border-color:var(--accent);color:var(--on)}
select{font:inherit;min-height:32px;max-width:100%;background:var(--raised);color:var(--text);border:1px solid var(--control);
border-radius:6px;padding:4px 8px}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 16px;margin:0}
dt{color:var(--text2)}dd{margin:0;overflow-wrap:anywhere;font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.note{border-left:3px solid var(--warn);padding:8px 12px;background:var(--raised);margin:0 0 16px}
"""


class Asked(msgspec.Struct, kw_only=True):
    """What the application asked for."""

    app: App
    state: str
    redirect_uri: str
    reauth: bool


def page(box: Box, asked: Asked, problem: str = "") -> Answer:
    name = escape(asked.app.name)
    note = f'<p class="note" role="alert">{escape(problem)}</p>' if problem else ""
    hidden = {
        "client_id": asked.app.client_id,
        "response_type": "code",
        "state": asked.state,
        "redirect_uri": asked.redirect_uri,
    }
    fields = "".join(f'<input type="hidden" name="{key}" value="{escape(text)}">' for key, text in hidden.items() if text)
    body = f"""<main id="main"><form method="post" action="/en/OAuth/Authorize">{fields}<section>
<h1>“{name}” asks for your permission</h1>{note}
<div class="two"><div><h2>It could</h2>{_list(COULD)}</div><div><h2>It could not</h2>{_list(COULD_NOT)}</div></div>
<fieldset><legend>Sign in as</legend>{_people(box)}</fieldset>
<div class="acts"><button class="go" name="decision" value="approve">Approve</button>
<button name="decision" value="deny">Deny</button></div></section>{_testers(box, asked)}</form></main>"""
    return _document(f"Permission for {name}", body)


def refusal(problem: str) -> Answer:
    title = "Sign-in cannot go on"
    note = f'<p class="note" role="alert">{escape(problem)}</p>'
    return _document(title, f'<main id="main"><section><h1>{title}</h1>{note}</section></main>', 400)


def _list(lines: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def _people(box: Box) -> str:
    rows = []
    for place, person in enumerate(box.world.people):
        checked = " checked" if place == 0 else ""
        rows.append(
            f'<label class="who"><input type="radio" name="person" value="{person.id}"{checked}>'
            f"<span><b><bdi>{escape(person.full_name)}</bdi></b><span>{escape(person.about)}</span></span></label>"
        )
    return "".join(rows)


def _testers(box: Box, asked: Asked) -> str:
    if not box.options.control:
        return ""
    options = "".join(f'<option value="{value}">{text}</option>' for value, text in ANSWERS)
    rows = {
        "client_id": asked.app.client_id,
        "redirect URL": asked.app.redirect_url,
        "state": asked.state or "none",
        "reauth": "true" if asked.reauth else "no",
    }
    told = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in rows.items())
    return f"""<section aria-labelledby="testers"><h2 id="testers">For testers</h2>
<p><label for="answer">Answer with</label><br><select id="answer" name="answer">{options}</select></p>
<h2>The request</h2><dl>{told}</dl></section>"""


def _document(title: str, body: str, status: int = 200) -> Answer:
    text = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} · Simulator</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>
<header class="bar"><b>Simulator.</b> This page stands in for bungie.net.
Nothing leaves this machine and no real account is touched.</header>{body}</body></html>"""
    return Answer(status=status, body=text.encode(), content_type=HTML, headers=dict(HEADERS))
