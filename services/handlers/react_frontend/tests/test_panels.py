"""Rows within the page of another row: parts, and what features put there."""

from stackwright.contract.v1 import contract_pb2
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emission import emit


def test_parts_stand_in_the_page_of_their_whole(files: dict[str, str]) -> None:
    page = files["src/features/order_management/order/OrderDetailPage.tsx"]
    assert '<OrderLinePanel key={row.id} target={{ type: "Order", id: row.id }} />' in page
    panel = files["src/features/order_management/order-line/OrderLinePanel.tsx"]
    assert 'title="Lines"' in panel
    assert "order_id: target.id" in panel
    assert "add=" not in panel, "lines follow from the order; nobody adds one"


def test_a_panel_of_all_rows_stands_only_where_it_may_point(files: dict[str, str]) -> None:
    with_comments = [path for path, text in files.items() if "<CommentThreadPanel" in text]
    assert "src/features/helpdesk_ticketing/ticket/TicketDetailPage.tsx" in with_comments
    assert "src/features/comments/comment/CommentDetailPage.tsx" not in with_comments
    thread = files["src/features/comments/comment/CommentThreadPanel.tsx"]
    assert "{ ...input, target: target, parent: to.id }" in thread


def test_rows_in_an_order_of_their_own_are_moved(files: dict[str, str]) -> None:
    panel = files["src/features/product_catalog/product-image/ProductImagePanel.tsx"]
    assert "order={{ of: (row) => row.position" in panel
    entry = files["src/features/product_catalog/product-image/productImageEntry.tsx"]
    assert "position" not in entry


def test_who_may_not_write_a_field_does_not_send_its_default(files: dict[str, str]) -> None:
    entry = files["src/features/helpdesk_ticketing/ticket-reply/ticketReplyEntry.tsx"]
    assert 'withheld: ["internal"]' in entry
    assert 'visitor.can("tickets.work") && (<CheckboxInput' in entry


def test_a_form_holds_no_rows_that_its_page_adds(files: dict[str, str]) -> None:
    assert "replies" not in files["src/features/helpdesk_ticketing/ticket/TicketForm.tsx"]


def test_lines_of_a_new_row_are_entered_one_by_one(files: dict[str, str]) -> None:
    form = files["src/features/order_management/order/OrderForm.tsx"]
    assert "items: { variant: Reference | null; quantity: string }[];" in form
    assert "lines({ variant: [required()], quantity: [required(), wholeNumber(1, 999)] }, 1, 100)" in form
    assert 'form={line} name="variant"' in form


def test_a_pattern_is_judged_before_it_is_sent_and_a_slug_is_made_by_the_server(files: dict[str, str]) -> None:
    form = files["src/features/product_catalog/product/ProductForm.tsx"]
    assert 'pattern(new RegExp("^[a-z0-9]+(-[a-z0-9]+)*$", "u"), "This does not have the right form.")' in form
    assert "slug: draft.slug || undefined" in form
    assert "slug: [pattern(" in form, "a slug may be left empty"


def test_what_is_left_of_a_deleted_comment_is_said(files: dict[str, str]) -> None:
    folder = "src/features/comments/comment"
    assert "deleted_at: string | null;" in files[f"{folder}/types.ts"]
    assert "body: string | null;" in files[f"{folder}/types.ts"].partition("Input")[0]
    assert "deleted={(row) => row.deleted_at !== null}" in files[f"{folder}/CommentThreadPanel.tsx"]
    emptied = "<Kept deleted={row.deleted_at}><Text value={row.body} /></Kept>"
    assert emptied in files[f"{folder}/CommentListPage.tsx"]


def test_only_a_thread_says_by_itself_what_a_row_answers(data_features: Contract) -> None:
    page = next(page for page in data_features.pages if page.view == contract_pb2.VIEW_THREAD and page.slot)
    page.view = contract_pb2.VIEW_LIST
    entry = emit(Application(data_features)).texts()["src/features/comments/comment/commentEntry.tsx"]
    assert 'name="parent"' in entry
    assert '"parent"' not in entry.partition("Omit<")[2].partition(">")[0], "it is entered, so it is sent"
