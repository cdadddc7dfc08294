"""The mails of a feature: subject and body as templates over what is put in."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2 as c
from stackwright.contract.v1 import expression_pb2 as e
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.effects import mail_name
from stackwright_node_backend.views.schema import input_field
from stackwright_sdk.expressions import NotCompilable


@dataclass(frozen=True)
class MailView:
    """One mail."""

    name: str
    key: str
    type: str
    """Type of what is put in."""
    subject: str
    body: str
    subject_names: str
    """Pattern that takes the names out which the subject reads."""
    body_names: str


@dataclass(frozen=True)
class MailsView:
    """A file `mails.ts`."""

    imports: list[str]
    mails: list[MailView]


def mails_view(application: Application, mails: list[c.Mail], path: str) -> MailsView:
    """The mails of a feature."""
    imports = ts.Imports(path)
    for name in ("defineMail", "markdown"):
        imports.add("src/shared/mailer/index.ts", name)
    return MailsView(imports.lines(), [_mail(application, mail) for mail in mails])


def _mail(application: Application, mail: c.Mail) -> MailView:
    # What a mail is given is typed as an input is; the rules are not needed here.
    fields = [input_field(application, field, ts.Imports(""), update=False) for field in mail.parameters]
    members = "; ".join(f"{field.name}{'?' if field.optional else ''}: {field.type}" for field in fields)
    subject, named_in_subject = _template(mail.subject)
    body, named_in_body = _template(mail.body)
    return MailView(
        mail_name(mail.key),
        mail.key,
        f"{{ {members} }}" if members else "object",
        subject,
        body,
        _pattern(named_in_subject),
        _pattern(named_in_body),
    )


def _pattern(names: list[str]) -> str:
    return f"({{ {', '.join(names)} }})" if names else "()"


def _template(template: c.Template) -> tuple[str, list[str]]:
    """A template literal, and the names that it reads."""
    texts = []
    names: dict[str, None] = {}
    for part in template.parts:
        if part.WhichOneof("part") == "text":
            texts.append(part.text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${"))
            continue
        code = _place(part.expression)
        names[code.split(".")[0]] = None
        texts.append(f"${{{code}}}")
    return f"`{''.join(texts)}`", list(names)


def _place(expression: e.Expression) -> str:
    root = expression.root
    kind = root.WhichOneof("kind")
    if kind == "name" and root.name.WhichOneof("name") == "variable":
        return root.name.variable
    if kind == "select" and root.select.operand.name.root == e.ROOT_APP:
        return f"app.{root.select.member}"
    raise NotCompilable(f"a mail reads {expression.source!r}: it can read what it is given, and `app`")
