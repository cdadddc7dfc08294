"""What the project's documents say of the back end."""

from stackwright.handler.v1.request_response_pb2 import DocumentSection
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.live import used_capabilities

_BACKEND = """\
Express 5 on Node 24, in {language}; Sequelize and PostgreSQL 18; input is checked with Joi.

    cd backend
    npm install
    npm run dev            # starts PostgreSQL under .data/ unless DATABASE_URL is set
    npm test

- `src/features/<feature>/` holds what a feature does. For each model: its columns (`model`), input (`schema`),
  who sees which rows (`scope`), what happens (`operations`) and addresses (`routes`). `index` plugs it in.
- `src/shared/` holds what all features stand on. Every write runs in a unit of work: one transaction, the row
  locked, its events written with it.
- Features: {features}.
"""
_SECURITY = """\
- Every operation says who may call it; lists, counts and searches run under the same condition as single rows.
- Values reach the database as bound parameters only. Unknown fields, wrong types and oversized bodies are refused.
- Errors have one shape and never show a stack; each has a correlation id that the log has too.
"""
_SIGN_IN = """\
- Access tokens live for {minutes} minutes; refresh tokens work once and are kept as hashes, and one that comes
  twice ends its session.
- Passwords are kept as scrypt hashes, which cost memory as well as time. An unknown address and a wrong password get
  one answer after the same work.
"""
_VAULT = """\
- Encrypted fields are sealed with AES-256-GCM before they reach the database, each bound to its column. The first of
  `ENCRYPTION_KEYS` seals; the others open what they sealed before.
"""
_FIRST_ROLE = """\
- There are no default credentials. The first administrator registers, and then gets the role:
  `npm run grant -- person@example.com admin`.
"""
_DEPLOYMENT = """\
Production needs {variables}. Run `npm run migrate` before the new version starts; several processes may run it at
once. `backend/Dockerfile` builds an image from the project's folder: `docker build -f backend/Dockerfile -t backend .`.
`/api/live` and `/api/ready` answer the platform; SIGTERM lets open requests end.
"""


def documents(application: Application, *, javascript: bool) -> list[DocumentSection]:
    """Give the sections for the README and for docs/."""
    features = ", ".join(feature.title or feature.key for feature in application.contract.features)
    backend = _BACKEND.format(language="JavaScript" if javascript else "TypeScript", features=features or "none")
    security = _SECURITY
    variables = ["`NODE_ENV=production`", "`DATABASE_URL`", "`JWT_SECRET`"]
    if "vault" in used_capabilities(application):
        variables.append("`ENCRYPTION_KEYS`")
        security += _VAULT
    if application.has("authentication"):
        minutes = application.index.settings["auth.access_minutes"].default.int_value
        security += _SIGN_IN.format(minutes=minutes)
        if application.contract.roles:
            security += _FIRST_ROLE
    listed = f"{', '.join(variables[:-1])} and {variables[-1]}"
    return [
        DocumentSection(key="backend", title="Back end", markdown=backend),
        DocumentSection(key="security", title="Security", markdown=security),
        DocumentSection(key="deployment", title="Deployment", markdown=_DEPLOYMENT.format(variables=listed)),
    ]
