"""The pages of signing in: no script, nothing from elsewhere."""

import base64
import hashlib

from starlette.responses import HTMLResponse

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}"
    "label,input,button{display:block;font:inherit}input{width:100%;max-width:20rem;margin-bottom:1rem}"
)
CSP = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}
"""Of these pages and of what answers their forms. A browser tells our own pages' origin to us, and to nobody else."""
PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Kith</title>
    <style>{style}</style>
  </head>
  <body>
    <h1>{title}</h1>
    {text}
  </body>
</html>
"""
FORM = """<form method="post" action="/sign-in">
      <label for="login">Login</label>
      <input id="login" name="login" type="email" autocomplete="username" required autofocus>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required>
      <button>Sign in</button>
    </form>"""
SIGN_OUT = '<form method="post" action="/sign-out"><button>Sign out</button></form>'
INSTEAD = (
    "<p>A link that signs the administrator in is printed whenever Kith starts. What is no browser shows a token, "
    "which <code>python -m kith token</code> prints, in the header <code>Authorization: Bearer …</code>.</p>"
)


def told(title: str, text: str, status: int) -> HTMLResponse:
    """A page that says one thing."""
    return HTMLResponse(PAGE.format(style=STYLE, title=title, text=text), status, HEADERS)


def form(title: str = "Sign in", status: int = 200) -> HTMLResponse:
    """The form; as the answer to an attempt its title says what was wrong."""
    return told(title, FORM + INSTEAD, status)


def sign_in_first() -> HTMLResponse:
    """What a browser sees that is not signed in."""
    return form("Sign in first", 401)


def link_used() -> HTMLResponse:
    """What a browser sees that opens a link that is no good, or not any more."""
    return told("This link has been used, or is too old", f"<p>Start Kith again for a new link.</p>{INSTEAD}", 401)


def link_elsewhere() -> HTMLResponse:
    """What a browser sees that another site sends to a link."""
    text = "<p>Another page has sent you here. If you want to sign in, copy the link into the address bar.</p>"
    return told("Open the link yourself", text, 403)


def sign_out() -> HTMLResponse:
    """A button that signs a browser out."""
    return told("Sign out", SIGN_OUT, 200)
