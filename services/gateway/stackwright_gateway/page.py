"""One page for a person who wants to see runs and their events; no build, no outside address."""

import base64
import hashlib

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem }
h1 { font-size: 1.4rem } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #8884; vertical-align: top }
button { font: inherit; padding: .25rem .75rem; cursor: pointer }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8881; padding: 1rem; border-radius: .5rem }
@media (max-width: 40rem) { td:nth-child(4), th:nth-child(4) { display: none } }
"""

SCRIPT = """
const [rows, log, empty] = ['tbody', 'pre', '#empty'].map((name) => document.querySelector(name));
let source;
function cell(row, content) { const td = row.insertCell(); td.append(content); return td; }
function watch(id) {
  source?.close();
  log.hidden = false; log.textContent = '';
  source = new EventSource('/api/v1/runs/' + encodeURIComponent(id) + '/events');
  const show = (event) => {
    const { meta, ...members } = JSON.parse(event.data);
    log.textContent += meta.at + '  ' + event.type + '  ' + JSON.stringify(members) + '\\n';
    if (['run_completed', 'run_failed', 'run_cancelled'].includes(event.type)) { source.close(); list(); }
  };
  for (const name of NAMES) source.addEventListener(name, show);
}
async function list() {
  const answer = await fetch('/api/v1/runs?page_size=20');
  if (!answer.ok) { empty.textContent = 'The runs could not be read (' + answer.status + ').'; return; }
  const { runs } = await answer.json();
  rows.replaceChildren();
  empty.hidden = runs.length > 0;
  for (const run of runs) {
    const row = rows.insertRow();
    for (const text of [run.slug, run.state, new Date(run.created_at).toLocaleString(), run.run_id]) cell(row, text);
    const button = document.createElement('button');
    button.textContent = 'Events'; button.setAttribute('aria-label', 'Events of ' + run.run_id);
    button.onclick = () => watch(run.run_id);
    cell(row, button);
  }
}
list(); setInterval(list, 5000);
"""

EVENTS = [
    "generation_started",
    "backend_contracts_established",
    *(
        f"{role}_generation_{step}"
        for role in ("backend", "frontend", "database")
        for step in ("started", "progress", "completed")
    ),
    "all_handlers_completed",
    "validation_progress",
    "validation_completed",
    "refinement_cycle_completed",
    "fallback_applied",
    "run_completed",
    "run_failed",
    "run_cancelled",
]

_SCRIPT = f"const NAMES = {EVENTS!r};{SCRIPT}"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; style-src '{_hash(STYLE)}'; script-src '{_hash(_SCRIPT)}'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Stackwright runs</title><style>{STYLE}</style></head>
<body><main><h1>Runs</h1>
<table><thead><tr><th>Project</th><th>State</th><th>Started</th><th>Run</th><th></th></tr></thead><tbody></tbody></table>
<p id="empty" role="status">No run yet. Send one to <code>POST /api/v1/generate</code>.</p>
<pre hidden aria-live="polite" aria-label="Events"></pre></main><script>{_SCRIPT}</script></body></html>
"""
