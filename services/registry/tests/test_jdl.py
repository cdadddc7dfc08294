"""What each construct of JDL becomes."""

from __future__ import annotations

import pytest

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright_registry.jdl.compiling import Compiled, compile_jdl
from stackwright_registry.problems import Problems

AB = "entity A { a String }\nentity B { b String required, n Integer }\n"


def compiled(text: str) -> Compiled:
    problems = Problems()
    result = compile_jdl(text, problems)
    assert [str(problem) for problem in problems.sorted()] == []
    return result


def body(text: str, entity: str = "A") -> dict[str, object]:
    found = compiled(text).entities[entity]
    assert isinstance(found, dict)
    return found


def field(text: str, name: str = "a", entity: str = "A") -> dict[str, object]:
    fields = body(text, entity)["fields"]
    assert isinstance(fields, dict)
    return fields[name]  # type: ignore[no-any-return]  # a mapping of the language


def warnings(text: str) -> list[str]:
    return [item.message for item in compiled(text).remarks if item.level == contract.Remark.LEVEL_WARNING]


def notes(text: str) -> list[str]:
    return [item.message for item in compiled(text).remarks if item.level == contract.Remark.LEVEL_NOTE]


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("String", "string(0..255) optional"),
        ("String required", "string(1..255)"),
        ("String minlength(3) maxlength(9)", "string(3..9) optional"),
        ("String maxlength(4000)", "text(0..4000) optional"),
        ("String unique", "string(0..255) optional unique"),
        ("TextBlob", "text(0..20000) optional"),
        ("TextBlob required maxlength(500)", "string(1..500)"),
        ("TextBlob required minbytes(3) maxbytes(2048)", "text(3..2048)"),
        ("String maxlength(2147483647)", "text(0..100000) optional"),
        ("Integer", "int optional"),
        ("Integer min(1)", "int(1..) optional"),
        ("Integer min(-5) max(5) required", "int(-5..5)"),
        ("Long max(9000000000)", "bigint(..9000000000) optional"),
        ("Long min(0) max(9223372036854775807)", "bigint(0..) optional"),
        ("Long min(-9223372036854775808)", "bigint optional"),
        ("BigDecimal", "decimal(21 2) optional"),
        ("BigDecimal min(0.125) max(10)", "decimal(22 3 0.125..10) optional"),
        ("Float", "decimal(14 6) optional"),
        ("Double min(0)", "decimal(25 10 0..) optional"),
        ("Float max(999999999999)", "decimal(18 6 ..999999999999) optional"),
        ("Double min(-1234567890123456789)", "decimal(29 10 -1234567890123456789..) optional"),
        ("Boolean required", "bool"),
        ("LocalDate", "date optional"),
        ("ZonedDateTime", "timestamp optional"),
        ("Instant required", "timestamp"),
        ("Date", "timestamp optional"),
        ("LocalTime", "time optional"),
        ("Duration", "duration optional"),
        ("UUID unique", "uuid optional unique"),
        ("Blob", "file optional"),
        ("AnyBlob required", "file"),
        ("ImageBlob", "image optional"),
        ("Mood", "enum(good so_so x2_nd_best) optional"),
        ("Mood required", "enum(good so_so x2_nd_best)"),
    ],
)
def test_types_and_validations(written: str, becomes: str) -> None:
    enums = 'enum Mood { GOOD, SO_SO ("So so"), x2ndBest }'
    assert field(f"entity A {{ a {written} }}\n{enums}")["is"] == becomes


def test_constants_stand_for_numbers() -> None:
    assert (
        field("entity A { a String minlength(LOW) maxlength(HIGH) }\nLOW = 2\nHIGH = 7")["is"]
        == "string(2..7) optional"
    )


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("/[a-z]+/", "^[a-z]+$"),
        ("/^[a-z]+$/", "^[a-z]+$"),
        ("/a|b/", "^(?:a|b)$"),
        (r"/\d{3}\w/", "^[0-9]{3}[A-Za-z0-9_]$"),
        (r"/a\/b/", "^a/b$"),
        (r"/(?=.*[A-Z]).{8,}/", "^(?=.*[A-Z]).{8,}$"),
        (r"/[\w.-]+@[\w-]+(\.[\w-]+)+/", r"^[A-Za-z0-9_.\-]+@[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)+$"),
        (r"/\u00e4\x41/", "^äA$"),
        (r"/[\s\S]*/", r"^(?:.|[\n\r])*$"),
        ('"[0-9]+"', "^[0-9]+$"),
    ],
)
def test_patterns_are_spelled_as_every_layer_reads_them(written: str, becomes: str) -> None:
    assert field(f"entity A {{ a String pattern({written}) }}")["pattern"] == becomes


def test_bytes_of_files_are_told_to_be_bounded_elsewhere() -> None:
    assert "`maxbytes` is left out" in warnings("entity A { a Blob maxbytes(20) }")[0]
    assert "`unique` is left out" in warnings("entity A { a ImageBlob unique }")[0]


def test_comments_that_document() -> None:
    text = """
/** What it is.
 *  In two lines. */
entity A { // not this
  /** Before. */
  a String
  b String /** Behind. */
  c String, /** Of the next. */
  d String
  /* not this */ e String
}
/** How it is. */
enum Mood { GOOD, /** Not good. */ BAD ("Rather bad"), /** Neither. */ SO_SO }
entity C { /** Its own. */ own Mood, mood Mood }
relationship ManyToOne { /** Near. */ A{near} to /** Far. */ C{far} }
"""
    assert body(text)["description"] == "What it is.\nIn two lines."
    shown = {name: field(text, name).get("description", "") for name in "abcde"}
    assert shown == {"a": "Before.", "b": "Behind.", "c": "", "d": "Of the next.", "e": ""}
    assert field(text, "mood", "C")["description"] == "How it is.\nbad: Rather bad. Not good; so_so: Neither"
    assert str(field(text, "own", "C")["description"]).startswith("Its own.")
    assert (field(text, "near")["description"], field(text, "far", "C")["description"]) == ("Near.", "Far.")


@pytest.mark.parametrize(
    ("relation", "of_a", "of_b"),
    [
        ("ManyToOne { A{x} to B }", {"x": "ref B optional"}, {}),
        ("ManyToOne { A{x required} to B{ys} }", {"x": "ref B"}, {"ys": "many A.x"}),
        ("ManyToOne { A to B }", {"b": "ref B optional"}, {}),
        ("OneToMany { A{xs} to B{y} }", {"xs": "many B.y"}, {"y": "ref A optional"}),
        ("OneToMany { A{xs} to B{y required} }", {"xs": "many B.y"}, {"y": "ref A"}),
        ("OneToMany { A to B }", {"bs": "many B.a"}, {"a": "ref A optional"}),
        ("OneToOne { A{x} to B }", {"x": "ref B optional unique"}, {}),
        ("OneToOne { A{x required} to B{y} }", {"x": "ref B unique"}, {"y": "many A.x"}),
        ("ManyToMany { A{xs} to B }", {"xs": "links B"}, {}),
        ("ManyToMany { A{xs} to B{ys} }", {"xs": "links B"}, {"ys": "links A.xs"}),
        ('ManyToOne { @OnDelete("CASCADE") A{x} to B }', {"x": "ref B optional cascade"}, {}),
        ("ManyToOne { @onDelete(SET_NULL) A{x} to B }", {"x": "ref B optional set_null"}, {}),
        ("ManyToOne { A{x} to B with onDelete(RESTRICT) }", {"x": "ref B optional restrict"}, {}),
        (
            "ManyToOne { A{x} to B{q} A{z} to B{r} }",
            {"x": "ref B optional", "z": "ref B optional"},
            {"q": "many A.x", "r": "many A.z"},
        ),
        ("ManyToOne { A{up} to A{down} }", {"up": "ref A optional", "down": "many A.up"}, {}),
        ("ManyToMany { A{like} to A }", {"like": "links A"}, {}),
        ("ManyToOne { A{who(login)} to User with builtInEntity }", {"who": "ref User optional"}, {}),
        ("ManyToOne { A{who} to User{as} }", {"who": "ref User optional"}, {}),
        ("ManyToOne { A{role} to Authority with builtInEntity }", {}, {}),
    ],
)  # fmt: skip
def test_relations(relation: str, of_a: dict[str, str], of_b: dict[str, str]) -> None:
    # A field that is called as an end without a name would be.
    own = "b String" if relation == "OneToMany { A to B }" else "own String"
    text = f"entity A {{ {own} }}\nentity B {{ n Integer }}\nrelationship {relation}"
    for entity, expected in (("A", of_a), ("B", of_b)):
        fields = body(text, entity)["fields"]
        assert isinstance(fields, dict)
        found = {name: value["is"] for name, value in fields.items()}
        for name in ("own", "n"):
            found.pop(name, None)
        if own == "b String":
            found.pop("b", None)
        assert found == expected


def test_a_row_is_shown_by_the_field_that_a_relation_names() -> None:
    text = AB + "relationship ManyToOne { A{x(b)} to B }"
    assert body(text, "B")["display"] == "b"
    assert "so the first one of `B` is taken" in warnings(AB + "relationship ManyToOne { A{x(n)} to B }")[0]
    two = (
        "entity A { a String }\nentity B { b String, c String }\nrelationship ManyToOne { A{x(b)} to B, A{y(c)} to B }"
    )
    assert body(two, "B")["display"] == "b"
    assert "is shown by `b` everywhere" in warnings(two)[0]


def test_an_end_of_many_gives_way_to_a_field_and_to_an_end_of_one() -> None:
    text = "entity A { b String }\nentity B { n Integer }\nrelationship ManyToMany { A{b} to B{a} }"
    assert field(text, "bs")["is"] == "links B"
    assert field(text, "a", "B")["is"] == "links A.bs"
    assert "is called `bs` here" in warnings(text)[0]
    # Whichever stands first.
    both = "relationship OneToMany { A{x} to B{up} }\nrelationship ManyToOne { A{x} to B{downs} }"
    for relations in (both, "\n".join(reversed(both.split("\n")))):
        found = body(AB + relations)["fields"]
        assert isinstance(found, dict)
        assert {name: value["is"] for name, value in found.items() if name != "a"} == {
            "x": "ref B optional",
            "xes": "many B.up",
        }


def test_a_circle_of_required_relations_gets_a_way_in() -> None:
    text = AB + "relationship ManyToOne { A{x required} to B, B{y required} to A }"
    assert (field(text, "x")["is"], field(text, "y", "B")["is"]) == ("ref B", "ref A optional")
    assert "`y` is optional" in warnings(text)[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("entity A (a_table) { a String }", "The name of a table is left out"),
        ("entity A { id Long, a String }", "Every row has `id`"),
        ("entity A { @Id a String required }", "no primary key"),
        ("entity A { @Transient a String }", "`@Transient` has no meaning at a field"),
        ("entity A { @Id a Boolean required }", "it is a field like others"),
        ("enum E { X }\nentity A { @Id a E required }", "it is a field like others"),
        ("entity A { a Boolean unique }", "only two rows could ever be made"),
        ("@Cache(x) entity A { a String }", "`@Cache` has no meaning at an entity"),
        ("embedded A\nentity A { a String }", "`embedded` is left out"),
        ("skipClient A\nentity A { a String }", "`skipClient` is left out"),
        ("skipServer for * except B\nentity A { a String }\nentity B", "`skipServer` is left out"),
        ("microservice A with shop\nentity A { a String }", "`microservice` is left out"),
        ("angularSuffix * with x\nentity A { a String }", "`angularSuffix` is left out"),
        ('clientRootFolder all with "../x"\nentity A { a String }', "`clientRootFolder` is left out"),
        ("paginate A with no\nentity A { a String }", "every list is bounded"),
        (AB + "relationship ManyToOne { @Id A{x} to B }", "`Id` has no meaning at a relation"),
        (AB + "relationship ManyToOne { A{x} to B with jpaDerivedIdentifier }", "has no meaning at a relation"),
        (AB + "relationship ManyToOne { A{x} to B with builtInEntity }", "is an entity of this text"),
        (AB + "relationship OneToMany { A{x required} to B{y} }", "they can only come later"),
        (AB + "relationship ManyToMany { A{x required} to B }", "links are made after the row"),
        (AB + "relationship ManyToOne { A{x} to User{y} with builtInEntity }", "its end of the relation is left out"),
        (AB + "relationship ManyToOne { A{x(login)} to User with builtInEntity }", "shown by its own title"),
        (AB + "relationship ManyToOne { A{x} to Authority with builtInEntity }", "`Authority` has no counterpart"),
        (AB + "relationship ManyToOne { A{x(c)} to B }", "has no field `c` to be shown by"),
        ("entity A { a String }\nservice all with serviceImpl except Employee, Job", "There is no entity `Employee`"),
        ("entity A { a String }\npaginate Product with pagination", "There is no entity `Product`"),
        ("entity Book { a String }\nentity A { a String }\nfilter * except Books", "There is no entity `Books`"),
        ("entity A { a Date }", "an old name of `Instant`"),
        ("entity A { a TextBlob maxbytes(9) }", "is taken as `maxlength`"),
        ("entity A { a String maxlength(100001) }", "is lowered to that"),
        ("entity A { a Long max(9223372036854775807) }", "a wider `max` is left out"),
    ],
)
def test_what_has_no_meaning_here_is_a_warning(text: str, says: str) -> None:
    assert any(says in message for message in warnings(text)), warnings(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "application { config { baseName x, languages [en, de] } entities * }",
            "The block `application` is read over",
        ),
        ("deployment { deploymentType kubernetes }", "The block `deployment` is read over"),
        ("dto * with mapstruct", "`dto` is honoured"),
        ("service A with serviceImpl", "`service` is honoured"),
        ("use serviceClass, mapstruct for A", "`dto` is honoured"),
        ("noFluentMethod A", "nothing to change"),
        ("search A with elasticsearch", "by PostgreSQL"),
        ("@changelogDate(20240101000000) entity B { b String }", "migrations are numbered"),
        ('entity B { b String } relationship ManyToOne { @OnUpdate("CASCADE") A{x} to B }', "nothing to do on update"),
    ],
)
def test_what_holds_anyway_is_told(text: str, says: str) -> None:
    assert any(says in message for message in notes(f"entity A {{ a String }}\n{text}")), notes(text)


def test_options_that_are_honoured() -> None:
    entities = "entity A { a String, n Integer, t TextBlob, f Boolean }\nentity B { a String }\n"
    assert field(entities + "filter * except B")["is"] == "string(0..255) optional filter sort"
    assert field(entities + "filter * except B", "n")["is"] == "int optional filter sort"
    assert field(entities + "filter * except B", "f")["is"] == "bool optional"
    assert field(entities + "filter * except B", entity="B")["is"] == "string(0..255) optional"
    assert field(entities + "search A with elasticsearch", "t")["is"] == "text(0..20000) optional search"
    assert field("@search(elasticsearch) @filter " + entities)["is"] == "string(0..255) optional filter sort search"
    assert body(entities + "paginate A with infinite-scroll")["page"] == "cursor created_at desc"
    assert body(entities + "use infinite-scroll for A, B", "B")["page"] == "cursor created_at desc"
    assert "page" not in body(entities + "paginate all with infinite-scroll\npaginate A with pagination")
    assert body("@readOnly " + entities)["api"] == ["list", "read"]
    assert field('entity A { @defaultValue("x") a String }')["default"] == "x"


def test_one_remark_tells_all_lines() -> None:
    text = "\n".join(f"@Cache entity E{number} {{ a String }}" for number in range(12))
    assert warnings(text) == [
        "domain.jdl, lines 1, 2, 3, 4, 5, 6, 7, 8 and 4 more: `@Cache` has no meaning at an entity and is left out."
    ]
