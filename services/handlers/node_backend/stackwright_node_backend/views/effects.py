"""Steps that reach beyond the rows: notices, mails and native calls."""

from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.body import Body, ids, pointer, template, value
from stackwright_sdk.expressions import NotCompilable

# Native calls of steps: module and function → feature whose folder the file is in (or the base), file, function.
CALLS = {
    ("auth", "open_session"): ("authentication", "auth/tokens.ts", "openSession"),
    ("storage", "remove"): ("", "src/shared/storage/index.ts", "remove"),
}


def notify(body: Body, step: o.NotifyStep) -> list[str]:
    """A notice for each of the users; without notifications there is nobody to bring it."""
    application = body.application
    if not application.has("notifications"):
        return []
    notice = next(found for found in application.contract.notices if found.key == step.kind)
    body.imports.add(f"{application.folder('notifications')}/notify/index.ts", "notify")
    members = [f"kind: {ts.string(step.kind)}", f"title: {template(body, notice.text.parts)}"]
    link = _link(body, step)
    if link:
        members.append(f"link: {link}")
    return [f"await notify(unit, {ids(body, step.users)}, {{ {', '.join(members)} }});"]


def _link(body: Body, step: o.NotifyStep) -> str:
    if not step.HasField("link"):
        return ""
    kinds = step.link.root.type.model_ids
    shown = set(_linkable(body.application))
    if kinds and not shown.intersection(kinds):
        return ""
    kind, row_id = pointer(body, step.link)
    return "{ " + ", ".join((ts.entry("type", kind), ts.entry("id", row_id))) + " }"


def _linkable(application: Application) -> list[str]:
    """Models that a notification may lead to."""
    for model in application.contract.models:
        if model.feature == "notifications":
            field = application.index.field_named(model, "link")
            if field:
                return list(field.type.targets)
    return []


def mail_name(key: str) -> str:
    """Name of the constant that holds a mail."""
    first, *rest = key.split("_")
    return f"{first}{''.join(word.capitalize() for word in rest)}Mail"


def mail(body: Body, step: o.MailStep) -> list[str]:
    """A mail, queued with the transaction."""
    if step.HasField("attach"):
        raise NotCompilable(f"the mail {step.mail} has an attachment, which is not compiled by this handler yet")
    application = body.application
    found = next(found for found in application.contract.mails if found.key == step.mail)
    name = body.imports.add(f"{application.folder(found.feature)}/mails.ts", mail_name(step.mail))
    body.imports.add("src/shared/mailer/index.ts", "queueMail")
    values = [ts.entry(one.member, value(body, one.value)) for one in getattr(step, "with")]
    given = f"{{ {', '.join(values)} }}" if values else "{}"
    to = value(body, step.to)
    if not step.to.root.type.nullable:
        return [f"await queueMail(unit, {name}, {{ {ts.entry('to', to)}, values: {given} }});"]
    return [
        f"const to = {to};",
        f"if (to !== null) await queueMail(unit, {name}, {{ to, values: {given} }});",
    ]


def call(body: Body, step: o.CallStep) -> str:
    """A native call."""
    found = CALLS.get((step.module, step.function))
    if not found:
        raise NotCompilable(f"the native call {step.module}.{step.function} is not there in this stack")
    feature, file, function = found
    module = f"{body.application.folder(feature)}/{file}" if feature else file
    body.imports.add(module, function)
    members = []
    for assignment in getattr(step, "with"):
        root = assignment.value.root
        known = root.WhichOneof("kind") == "name" and root.name.WhichOneof("name") == "variable"
        text = body.variables[root.name.variable] if known else value(body, assignment.value)
        members.append(ts.entry(assignment.member, text))
    return f"await {function}(unit, {{ {', '.join(members)} }})"
