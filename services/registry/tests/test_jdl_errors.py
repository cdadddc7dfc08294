"""What a JDL text must not say: each with line, column and a sentence of what was expected, all of them at once."""

from __future__ import annotations

import time

import pytest

from stackwright_registry.catalogue import Catalogue
from stackwright_registry.jdl.compiling import compile_jdl
from stackwright_registry.problems import ContractRefusedError, Problem, Problems
from stackwright_registry.resolving.draft import DomainInput, draft_contract

A, AB = "entity A { a String }\n", "entity A { a String }\nentity B { b String }\n"


def problems_of(text: str) -> list[Problem]:
    """The problems of a text, in the order of their places."""
    problems = Problems()
    compile_jdl(text, problems)
    return problems.sorted()


SYNTAX = [
    ("entity", "1:7", "the name of an entity"),
    ("entity {", "1:8", "the name of an entity"),
    ("entity A {", "1:11", "`entity A` of line 1 is not closed"),
    ("entity A (", "1:11", "the name of a table"),
    ("entity A { name", "1:16", "the type of the field"),
    ("entity A { name }", "1:17", "the type of the field"),
    ("entity A { a String, b }", "1:24", "the type of the field"),
    ("entity A { 1a String }", "1:12", "the name of a field"),
    ("entity A { a String required( }", "1:29", "the name of a field"),
    ("entity A { a Integer min }", "1:26", "the type of the field"),
    ("entity A { a Integer min() }", "1:26", "a number or the name of a constant"),
    ("entity A { a Integer min(3 }", "1:28", "`)`"),
    ("entity A { a String pattern(abc) }", "1:29", "a pattern between slashes"),
    ('entity A { "a" String }', "1:12", "the name of a field"),
    ("entity A { a String }\nentity B {\n  b\n}", "4:1", "the type of the field"),
    ("entity A { a String\nentity B { b String }", "2:10", "`entity A` of line 1 is not closed"),
    ("enum", "1:5", "the name of an enum"),
    ("enum E", "1:7", "`{`"),
    ("enum E { A, 1 }", "1:13", "a value of the enum"),
    ("enum E { A ( }", "1:15", "`)`"),
    ("relationship", "1:13", "OneToOne, OneToMany, ManyToOne or ManyToMany"),
    ("relationship {", "1:14", "OneToOne, OneToMany, ManyToOne or ManyToMany"),
    (A + "relationship OneToMany { A }", "2:28", "`to`"),
    (A + "relationship OneToMany { A to }", "2:31", "the name of an entity"),
    (A + "relationship OneToMany { A{} to A }", "2:28", "the name that the relation has"),
    (A + "relationship OneToMany { A{b(} to A }", "2:30", "the field by which the other entity is shown"),
    (A + "relationship OneToMany { A{b} on A }", "2:31", "`to`"),
    (A + "relationship OneToMany { A{b} to A with }", "2:41", "an option of the relation"),
    ("paginate", "1:9", "`*`"),
    (A + "paginate A with", "2:16", "the value of the option"),
    (A + "paginate A with pagination except", "2:34", "a name"),
    ("use", "1:4", "the value of the option"),
    ("use mapstruct for", "1:18", "`*`"),
    ("X =", "1:4", "a number"),
    ("X = many", "1:5", "a number"),
    ("hello", "1:6", "`hello` begins no statement"),
    ("}", "1:1", "entity, enum, relationship"),
    ("@", "1:2", "the name of an annotation"),
    ("@dto(", "1:6", "a text in quotes"),
    ("entity A\0 {}", "1:9", "entity, enum, relationship"),
    ("application {", "1:14", "`}`"),
]
MEANING = [
    (A + "entity A { b String }", "2:8", "declared a second time; the first is in line 1"),
    ("entity Case { a String }\nentity CASE { a String }", "2:8", "would have one name: `Case`"),
    ("entity A { a String, a Integer }", "1:22", "declared a second time"),
    ("entity A { firstName String, first_name String }", "1:30", "would have one name: `first_name`"),
    ("entity E { a String }\nenum E { X }", "2:6", "declared a second time"),
    ("enum E { A, A }", "1:13", "declared a second time"),
    ("enum E { A, a }", "1:13", "would have one name: `a`"),
    ("enum E { }", "1:6", "at least one is expected"),
    ("X = 1\nX = 2", "2:1", "a second time"),
    ("entity A { a Sting }", "1:14", "did you mean `String`"),
    ("entity A { a Whatever }", "1:14", "a type such as String, Integer or LocalDate"),
    (AB + "entity C { a B }", "3:14", "a relationship is expected instead"),
    ("entity A { a Integer minlength(3) }", "1:22", "Integer, which takes required, unique, min, max"),
    ("entity A { a String min(3) }", "1:21", "minlength, maxlength, pattern"),
    ("entity A { a Boolean max(3) }", "1:22", "Boolean, which takes required, unique."),
    ("enum E { X }\nentity A { a E maxlength(3) }", "2:16", "E, which takes required, unique."),
    ("entity A { a String required required }", "1:30", "a second time"),
    ("entity A { a Integer min(5) max(3) }", "1:33", "`max` of at least 5 is expected"),
    ("entity A { a String minlength(9) maxlength(3) }", "1:44", "`maxlength` of at least 9 is expected"),
    ("LOW = 7\nentity A { a Integer min(LOW) max(3) }", "2:35", "`max` of at least 7"),
    ("entity A { a Integer min(1.5) }", "1:26", "a whole number, not 1.5"),
    ("entity A { a Integer max(3000000000) }", "1:26", "Integer holds numbers of -2147483647 to 2147483647"),
    ("entity A { a Long max(9223372036854775808) }", "1:23", "does not fit"),
    ("entity A { a Long min(9007199254740992) }", "1:23", "does not fit"),
    ("entity A { a Float max(1000000000000000000000000000000000) }", "1:24", "32 digits before the point"),
    ("entity A { a BigDecimal max(99999999999999999999999) }", "1:29", "19 digits before the point"),
    ("entity A { a String maxlength(0) }", "1:31", "a number of 1 to 100,000"),
    ("entity A { a String minlength(-1) }", "1:31", "a number of 0 to 100,000"),
    ("entity A { a String maxlength(MANY) }", "1:31", "There is no constant `MANY`"),
    ("SIZE = 3\nentity A { a String maxlength(SIZ) }", "2:31", "did you mean `SIZE`"),
    ("entity A { a String pattern(/(a/) }", "1:29", "does not compile"),
    ("entity A { a String pattern(/a**/) }", "1:29", "does not compile"),
    ("entity A { a String pattern(/(a+)+b/) }", "1:29", "grows exponentially"),
    ("entity A { a String pattern(/(a|a)*b/) }", "1:29", "grows exponentially"),
    ("entity A { a String pattern(/(.)\\1/) }", "1:29", "a reference back"),
    ("entity A { a String pattern(/\\bfoo/) }", "1:29", "a word boundary"),
    ("entity A { a String pattern(/[z-a]/) }", "1:29", "is empty"),
    ("entity A { a String pattern(/a{3,2}/) }", "1:29", "is empty"),
    ("entity A { a String pattern(/a{300}/) }", "1:29", "more than 255 times"),
    ("entity A { required }", "1:12", "stands after no field"),
    ("@dto(mapstruct)\nenum E { X }", "1:2", "stands before nothing that takes it"),
    ("entity A { a String @Id }", "1:22", "stands before nothing that takes it"),
    (A + "relationship OneToSome { A to A }", "2:14", "did you mean `OneToOne`"),
    (A + "relationship ManyToOne { A{b} to Bee }", "2:34", "There is no entity `Bee`"),
    (A + "relationship ManyToOne { Aa{b} to A }", "2:26", "There is no entity `Aa`"),
    (AB + "relationship ManyToOne { A{a} to B }", "3:28", "declared a second time; the first is in line 1"),
    (AB + "relationship ManyToOne { A{x} to B, A{x} to B }", "3:39", "declared a second time"),
    (AB + "relationship ManyToOne { A{x} to B{y} A{z} to B{y} }", "3:49", "declared a second time"),
    (A + "relationship ManyToOne { A{up required} to A }", "2:31", "requires itself"),
    (A + "relationship OneToMany { User{a} to A{user} }", "2:26", "begins at an entity of this text"),
    (AB + 'relationship ManyToOne { @OnDelete("WIPE") A{x} to B }', "3:36", "no rule for deleting"),
    (AB + 'relationship ManyToOne { @OnDelete("SET NULL") A{x required} to B }', "3:36", "cannot become null"),
    (AB + "relationship ManyToOne { builtInEntity }", "3:26", "stands after no relation"),
    (A + "paginate A with scrolling", "2:17", "`paginate` knows no `scrolling`"),
    (A + "paginate A", "2:1", "`paginate` needs a value"),
    ("entity Book { a String }\nreadOnly Bok", "2:10", "did you mean `Book`"),
    ("entity A { a TextBlob maxbytes(5) maxlength(6) }", "1:35", "a second time"),
    ("entity A { a TextBlob minbytes(200000) }", "1:32", "a number of 0 to 100,000"),
    (AB + "relationship ManyToOne { A{x} to B{ys}, A{z} to B{ys} }", "3:51", "declared a second time"),
    (A + "filter A with yes", "2:15", "takes no value"),
    (A + "use everything for A", "2:5", "`use` knows no `everything`"),
    ("@search(solr)\nentity A { a String }", "1:9", "`search` knows no `solr`"),
]


@pytest.mark.parametrize(("text", "place", "says"), [*SYNTAX, *MEANING], ids=lambda value: repr(value)[:60])
def test_what_is_wrong_is_told_with_its_place(text: str, place: str, says: str) -> None:
    found = problems_of(text)
    assert f"domain.jdl:{place}" in [str(problem.place) for problem in found], [str(problem) for problem in found]
    message = next(problem.message for problem in found if str(problem.place) == f"domain.jdl:{place}")
    assert says in message
    assert message.endswith(".")


def test_the_table_is_long_enough() -> None:
    assert len(SYNTAX) + len(MEANING) >= 60


def test_all_problems_come_at_once_and_broken_statements_hide_nothing() -> None:
    text = """entity A { a Sting }
entity B { b String min }
entity C { c String
enum D { 1 }
relationship ManyToOne { A{b} to B, A{x} to Nowhere }
entity F { f D, g String maxlength(0) }
"""
    found = [str(problem.place).removeprefix("domain.jdl:") for problem in problems_of(text)]
    # Nobody is told that B, C or D are missing: they are there, but could not be read.
    assert found == ["1:14", "2:25", "4:8", "4:10", "5:45", "6:36"]


def test_the_same_places_hold_with_other_line_ends_and_a_byte_order_mark() -> None:
    text = "entity A {\n  a String\n  b Sting\n}\n"
    for variant in (text, text.replace("\n", "\r\n"), text.replace("\n", "\r"), f"\ufeff{text}"):
        assert [str(problem.place) for problem in problems_of(variant)] == ["domain.jdl:3:5"]


def test_problems_of_the_contract_are_told_where_the_text_stands(catalogue: Catalogue) -> None:
    text = "entity A {\n  a Integer\n  @defaultValue(many) b Integer\n}\n"
    text += "relationship ManyToOne {\n  A{c} to Nobody with builtInEntity\n}"
    with pytest.raises(ContractRefusedError) as caught:
        draft_contract(catalogue, ["authentication"], DomainInput(jdl=text))
    assert {str(problem.place) for problem in caught.value.problems} == {"domain.jdl:3:23", "domain.jdl:6:5"}


def test_an_entity_stands_in_one_of_the_two(catalogue: Catalogue) -> None:
    both = DomainInput({"Invoice": {"fields": {"number": "string(1..40)"}}}, jdl="entity Invoice { total BigDecimal }")
    with pytest.raises(
        ContractRefusedError, match=r"domain\.jdl:1:8: `Invoice` is an entity of domain\.entities as well"
    ):
        draft_contract(catalogue, ["authentication"], both)


def test_too_much_is_refused_by_a_limit_that_is_said() -> None:
    began = time.monotonic()
    many = "".join(f"entity Entity{number} {{ a String }}\n" for number in range(1001))
    many += "relationship ManyToOne { Entity1{other} to Entity2 }\ndto Entity3 with mapstruct"
    assert [problem.message for problem in problems_of(many)] == [
        "A JDL text has at most 1,000 entities; this one has 1,001."
    ]
    assert "at most 5,242,880 characters" in problems_of("// " + "x" * 5_242_880)[0].message
    wide = "entity A {\n" + "".join(f"  a{number} String\n" for number in range(301)) + "}"
    assert [str(problem.place) for problem in problems_of(wide)] == ["domain.jdl:302:3"]
    related = "entity A { a String }\nrelationship ManyToOne {\n"
    related += "".join(f"  A{{r{number}}} to A\n" for number in range(301)) + "}"
    assert [str(problem.place) for problem in problems_of(related)] == ["domain.jdl:302:5"]
    values = "enum E {" + ",\n".join(f"V{number}" for number in range(301)) + "}"
    assert [str(problem.place) for problem in problems_of(values)] == ["domain.jdl:301:1"]
    nested = f"entity A {{ a String pattern(/{'(' * 100}a{')' * 100}/) }}"
    assert "at most 60 groups" in problems_of(nested)[0].message
    assert problems_of("application " + "{" * 5000 + "}" * 5000) == []
    assert time.monotonic() - began < 20


@pytest.mark.timeout(300)  # of the wall, on a busy machine; what is asked is processor time
def test_a_text_of_the_largest_size_is_answered_within_seconds() -> None:
    body = "".join(
        f"  field{number} String required maxlength(100) // what it is for, at some length\n" for number in range(60)
    )
    text = "".join(f"entity Entity{number} {{\n{body}}}\n" for number in range(900))
    broken = text[:4_900_000] + "\nentity Broken { a }"
    began = time.process_time()
    found = problems_of(broken)
    assert time.process_time() - began < 40
    assert any("the type of the field" in problem.message for problem in found)
