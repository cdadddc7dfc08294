"""Fields of types with an input of their own: files, spans, places, rules of recurrence, money, rows of any model."""

import pytest

from stackwright.contract.v1 import model_pb2
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emission import emit

FOLDER = "src/features/domain/trip"


@pytest.fixture
def trip(typed: Contract) -> dict[str, str]:
    emission = emit(Application(typed))
    assert not emission.missing
    return {path.removeprefix(f"{FOLDER}/"): text for path, text in emission.texts().items() if FOLDER in path}


@pytest.mark.parametrize(
    "element",
    [
        '<FileInput form={form} name="route" label="Route" required />',
        '<FileInput form={form} name="cover" label="Cover" images />',
        '<PlaceInput form={form} name="starts" label="Starts" required />',
        '<DurationInput form={form} name="takes" label="Takes" required />',
        '<RecurrenceInput form={form} name="again" label="Again" />',
        '<CurrencyInput form={form} name="currency" label="Currency" required />',
        '<TimeZoneInput form={form} name="zone" label="Zone" />',
        'name="price" label="Price" required unit={form.values.currency}',
        '{ type: "Guide", label: "Guide", collection: "guides" }]}',
    ],
)
def test_each_type_has_its_input(trip: dict[str, str], element: str) -> None:
    assert element in trip["TripForm.tsx"]


def test_what_is_sent_is_what_the_api_takes(trip: dict[str, str]) -> None:
    form = trip["TripForm.tsx"]
    assert 'route: idOf(draft.route) ?? ""' in form
    assert "helpers: row?.helpers ?? []," in form
    assert "about: pointerOf(draft.about)" in form
    assert 'starts: fromPlaceDraft(draft.starts) as TripInput["starts"]' in form
    assert "starts: [placeOnEarth(true)]" in form
    assert "cover: string | null;" in trip["types.ts"]


def test_each_type_is_shown_in_its_words(trip: dict[str, str]) -> None:
    page = trip["TripListPage.tsx"]
    assert "<MoneyText value={row.price} currency={row.currency} />" in page
    assert "<FileLink value={row.cover} />" in page
    assert "<PlaceText value={row.ends} />" in page
    assert "<DurationText value={row.takes} />" in page
    assert "<RecurrenceText value={row.again} />" in page


def test_marks_of_text_are_shown_and_a_color_may_stay_empty(typed: Contract) -> None:
    files = emit(Application(typed)).texts()
    assert "<RichText value={row.story} />" in files["src/features/domain/guide/GuideDetailPage.tsx"]
    assert "<ColorText value={row.colour} />" in files["src/features/domain/guide/GuideListPage.tsx"]
    form = files["src/features/domain/guide/GuideForm.tsx"]
    assert '<ColorInput form={form} name="colour" label="Colour" />' in form
    assert 'name="story" label="Story" hint="HTML: ' in form


def test_the_one_row_of_a_person_is_a_form_that_stays(typed: Contract) -> None:
    files = emit(Application(typed)).texts()
    page = files["src/features/domain/taste/TasteFormPage.tsx"]
    assert "existing={existing}" in page
    assert "update={({ changes }) => putTaste(changes).unwrap()}" in page
    form = files["src/features/domain/taste/TasteForm.tsx"]
    assert '<ReferencesInput form={form} name="likes"' in form
    assert "next=" not in form
    assert '{ section: "account", label: "Taste", path: "/tastes"' in files["src/features/domain/index.ts"]


def test_an_amount_whose_currency_another_row_names_stands_alone(files: dict[str, str]) -> None:
    panel = files["src/features/order_management/order-line/OrderLinePanel.tsx"]
    assert "<NumberText value={row.total} />" in panel
    page = files["src/features/order_management/order/OrderListPage.tsx"]
    assert "<MoneyText value={row.total} currency={row.currency} />" in page


def test_only_tests_of_inputs_that_are_there_come_along(typed: Contract, sample: Contract) -> None:
    assert {"form/DurationInput", "files/FileInput"} <= emit(Application(typed)).bases()
    assert not {name for name in emit(Application(sample)).bases() if name.startswith(("form/D", "files/"))}


def test_a_whole_file_is_no_reference(typed: Contract) -> None:
    upload = next(operation for operation in typed.operations if operation.name == "upload")
    content = next(field for field in upload.inputs if field.name == "content")
    assert content.type.kind == model_pb2.FIELD_KIND_FILE
    api = emit(Application(typed)).texts()["src/features/file_upload/api.ts"]
    assert "content: Blob;" in api
    content.name = "attachment"
    assert "content: string;" in emit(Application(typed)).texts()["src/features/file_upload/api.ts"]
