"""Settings that each person keeps for themselves: one row for each of some known keys, as switches."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, attribute, key, string
from stackwright_react_frontend.views.model import MemberView, hook_name, in_words


@dataclass(frozen=True)
class SubjectView:
    """One key, and what people read for it."""

    key: str
    label: str
    hint: str


@dataclass(frozen=True)
class PreferencesView:
    """A file `<Model>FormPage.tsx` of a `single`."""

    imports: str
    component: str
    title: str
    argument: str
    read_hook: str
    put: str
    put_hook: str
    subjects: list[SubjectView]
    switches: list[MemberView]


def preferences_view(application: Application, page: contract_pb2.Page, folder: str) -> PreferencesView | str:
    """The page, or why there is none: keys must be known (`one_of: notices`), and all values be true or false."""
    model = application.models[page.model_id]
    read = application.operation(model, operation_pb2.OPERATION_KIND_READ)
    put = application.operation(model, operation_pb2.OPERATION_KIND_PUT)
    inputs = list(put.inputs) if put else []
    keys = [field for field in inputs if field.one_of]
    switches = [field for field in inputs if field.type.kind == model_pb2.FIELD_KIND_BOOL]
    if read is None or put is None or len(keys) != 1 or len(switches) != len(inputs) - 1 or keys[0].one_of != "notices":
        return "settings of one's own are switches for each kind of notice, and this is not"
    imports = Imports(f"{folder}/{page.names.file}.tsx")
    imports.add("src/shared/preferences/Preferences.tsx", "Preference")
    imports.add("src/shared/preferences/Preferences.tsx", "Preferences")
    imports.add("src/shared/preferences/PreferenceSwitches.tsx", "PreferenceSwitches")
    return PreferencesView(
        component=page.names.component,
        title=attribute(model.names.plural_label if page.title in ("", model.names.label) else page.title),
        argument=keys[0].name,
        read_hook=imports.add(application.api_module(read), hook_name(read)),
        put=put.names.function,
        put_hook=imports.add(application.api_module(put), hook_name(put)),
        subjects=[_subject(notice) for notice in application.contract.notices],
        switches=[MemberView(key(field.names.json), string(field.names.label)) for field in switches],
        imports=imports.text,
    )


def _subject(notice: contract_pb2.Notice) -> SubjectView:
    # A text with places says nothing before they are filled.
    plain = not any(part.HasField("expression") for part in notice.text.parts)
    hint = f" hint={attribute(notice.text.source)}" if plain else ""
    return SubjectView(string(notice.key), attribute(in_words(notice.key)), hint)
