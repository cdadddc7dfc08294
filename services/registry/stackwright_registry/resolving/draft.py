"""Drawing up a contract: everything resolved, typed, joined and named, or refused with every problem."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from google.protobuf.message import Message

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.catalogue import Catalogue, Resolved
from stackwright_registry.constructs import inventory
from stackwright_registry.conventions import CONVENTIONS
from stackwright_registry.jdl.compiling import compile_jdl
from stackwright_registry.language.fragment import LANGUAGE
from stackwright_registry.naming.names import Namer, project_names, setting_names
from stackwright_registry.naming.words import label
from stackwright_registry.problems import Place, Problems
from stackwright_registry.resolving import gather
from stackwright_registry.resolving.assembly import Assembly
from stackwright_registry.resolving.doings import Doings
from stackwright_registry.resolving.domain import PROBE, gather_domain, has_files
from stackwright_registry.resolving.fields import resolve_fields
from stackwright_registry.resolving.identifiers import name_models, name_operations, transitions
from stackwright_registry.resolving.implied import add_implied_fields, add_role_names
from stackwright_registry.resolving.joining import join_access
from stackwright_registry.resolving.named import check_named
from stackwright_registry.resolving.operations import Operations
from stackwright_registry.resolving.pages import Pages
from stackwright_registry.resolving.scopes import check_scopes
from stackwright_registry.resolving.tenancy import settle_tenancy
from stackwright_registry.resolving.typist import Typist
from stackwright_registry.yaml_source import suggestion


@dataclass(frozen=True)
class DomainInput:
    """The request's own entities, as they came."""

    entities: Mapping[str, object] = field(default_factory=dict)
    bind: Mapping[str, str] = field(default_factory=dict)
    jdl: str = ""


NO_DOMAIN = DomainInput()


def draft_contract(
    catalogue: Catalogue,
    features: Iterable[str],
    domain: DomainInput = NO_DOMAIN,
    project_name: str = "Application",
    with_probe: bool = False,
    requested: Iterable[str] = (),
) -> contract.Contract:
    """Draw up the resolved contract of these features (names or keys; `needs` are closed over) and entities.

    Features without a file are left out of the contract; `not_specified` lists them. Raises `ContractRefusedError`
    with every problem and its place.
    """
    problems = Problems()
    names = {key: name for name in features if (key := _key(catalogue, name, problems))}
    problems.refuse()
    domain, remarks = _with_jdl(domain, problems)
    asked = {found for name in requested if (found := catalogue.find(name))} or set(names)
    closed = catalogue.close(names, bool(domain.entities) or with_probe, has_files(domain.entities))
    resolved = [entry for entry in closed if entry.specified]
    assembly = assemble(catalogue, resolved, domain, with_probe, problems)
    assembly.remarks[:0] = remarks
    return _write(catalogue, assembly, project_name, asked)


def _with_jdl(domain: DomainInput, problems: Problems) -> tuple[DomainInput, list[contract.Remark]]:
    """Add what a JDL text says to the entities, as if they had been given with them."""
    if not domain.jdl.strip():
        return domain, []
    compiled = compile_jdl(domain.jdl, problems, domain.entities)
    problems.texts.update(compiled.places)
    return DomainInput({**domain.entities, **compiled.entities}, domain.bind), compiled.remarks


def _key(catalogue: Catalogue, name: str, problems: Problems) -> str:
    found = catalogue.find(name)
    if found is None:
        near = catalogue.nearest(name)
        hint = f"; the nearest is `{near}`" if near else suggestion(name, list(catalogue.index))
        problems.add(Place(f"features.{name}"), "unknown_name", f"There is no feature `{name}`{hint}.")
    return found or ""


def assemble(
    catalogue: Catalogue, resolved: list[Resolved], domain: DomainInput, with_probe: bool, problems: Problems
) -> Assembly:
    """Put the features and entities together and type everything; refuses with every problem."""
    assembly = Assembly(resolved, problems, sources=catalogue.features)
    parts = gather.parts_of(assembly)
    gather.gather_models(assembly, parts)
    gather.gather_rest(assembly, parts)
    entities = {**domain.entities, **(PROBE if with_probe and "Sample" not in domain.entities else {})}
    gather_domain(assembly, entities, domain.bind)
    add_implied_fields(assembly)
    gather.gather_extensions(assembly, parts)
    gather.gather_actions(assembly, parts)
    gather.offer_settings(assembly)
    add_role_names(assembly)
    resolve_fields(assembly)
    _surface_models(assembly)
    gather.gather_seeds(assembly, parts)
    problems.refuse()
    typist = Typist(assembly)
    typist.type_models()
    typist.type_surface()
    doings = Doings(typist)
    doings.type_actions()
    doings.type_subscriptions()
    doings.type_clocks()
    problems.refuse()
    check_scopes(assembly)
    problems.refuse()
    join_access(assembly)
    return assembly


def _surface_models(assembly: Assembly) -> None:
    """Resolve the models that pages and metrics name."""
    for page, place in zip(assembly.pages, assembly.page_places, strict=True):
        # A page of a selector's extension has the id of its model already.
        if page.model_id and page.model_id not in assembly.models:
            page.model_id = assembly.require_model(page.model_id, page.feature, place)
    for metric in assembly.metrics.values():
        place = assembly.place(metric.feature, f"metrics.{metric.key}")
        metric.model_id = assembly.require_model(metric.model_id, metric.feature, place)


def _write(catalogue: Catalogue, assembly: Assembly, project_name: str, asked: set[str]) -> contract.Contract:
    result = contract.Contract(language=LANGUAGE, project=project_names(project_name))
    result.contract_id = result.project.slug
    result.conventions.CopyFrom(CONVENTIONS)
    result.tenancy = "organizations" in assembly.keys
    if result.tenancy:
        settle_tenancy(assembly)
    namer = Namer()
    result.features.extend(_feature(catalogue, entry, asked, namer) for entry in assembly.resolved)
    name_models(assembly, namer)
    operations = Operations(assembly, CONVENTIONS.base_path).derive()
    name_operations(assembly, namer, operations)
    transitions(assembly, operations)
    pages = Pages(assembly, namer, operations).spell_out()
    check_named(assembly, operations)
    assembly.problems.refuse()
    result.models.extend(assembly.models.values())
    result.operations.extend(operations)
    result.subscriptions.extend(assembly.subscriptions)
    result.clocks.extend(assembly.clocks)
    result.gates.extend(assembly.gates)
    result.permissions.extend(assembly.permissions.values())
    result.roles.extend(_roles(assembly))
    for setting in assembly.settings.values():
        setting.environment_name, setting.property = setting_names(setting.key)
        setting.title = setting.title or label(setting.key.replace(".", "_"))
        result.settings.append(setting)
    result.mails.extend(assembly.mails.values())
    result.notices.extend(assembly.notices.values())
    result.metrics.extend(assembly.metrics.values())
    result.pages.extend(pages)
    result.seeds.extend(assembly.seeds)
    result.native_modules.extend(assembly.native.values())
    result.remarks.extend(assembly.remarks)
    _inferred(assembly, result)
    result.constructs.extend(inventory(result))
    _without_places(result)
    result.revision = revision_of(result)
    return result


def _feature(catalogue: Catalogue, entry: Resolved, asked: set[str], namer: Namer) -> contract.Feature:
    indexed, parsed = catalogue.index[entry.key], catalogue.features[entry.key]
    fragment = parsed.fragment
    feature = contract.Feature(
        key=entry.key,
        version=fragment.version,
        title=fragment.title,
        area=indexed.area,
        needs=indexed.needs,
        requested=entry.key in asked,
        provenance=model.PROVENANCE_INFERRED if entry.inferred else model.PROVENANCE_CATALOGUE,
        names=namer.feature(entry.key),
        digest=fragment.digest,
    )
    for show in fragment.shows:
        text = indexed.shows[show.line - 1] if show.line <= len(indexed.shows) else ""
        feature.shows.add(line=show.line, text=text, elements=show.elements)
    return feature


def _roles(assembly: Assembly) -> list[contract.Role]:
    roles: dict[str, contract.Role] = {}
    for permission in assembly.permissions.values():
        for name in permission.roles:
            roles.setdefault(name, contract.Role(name=name)).permissions.append(permission.key)
    return list(roles.values())


def _inferred(assembly: Assembly, result: contract.Contract) -> None:
    for entry in assembly.resolved:
        if entry.inferred:
            who = ", ".join(entry.needed_by) or "the entities of the request"
            message = f"{entry.key} is on because of {who}."
            result.remarks.add(level=contract.Remark.LEVEL_NOTE, element=entry.key, message=message)


def _without_places(message: Message) -> None:
    """Take the places out: a contract does not change when a line of a file moves."""
    for descriptor, value in message.ListFields():
        if descriptor.message_type is None or descriptor.message_type.GetOptions().map_entry:
            continue
        for item in value if descriptor.is_repeated else (value,):
            if isinstance(item, expression.Expression):
                item.ClearField("place")
            else:
                _without_places(item)


def revision_of(result: contract.Contract) -> str:
    """Give the content hash of a contract without its revision."""
    copy = contract.Contract()
    copy.CopyFrom(result)
    copy.ClearField("revision")
    return hashlib.sha256(copy.SerializeToString(deterministic=True)).hexdigest()


def not_specified(catalogue: Catalogue, features: Iterable[str]) -> list[str]:
    """Give the known features of a closure that have no file yet."""
    keys = {key: name for name in features if (key := catalogue.find(name))}
    return [entry.key for entry in catalogue.close(keys) if not entry.specified]
