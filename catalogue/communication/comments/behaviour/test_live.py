"""Comments reach those who may read them at once, and nobody else."""

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.live import listening


@pytest.mark.shows(1)
async def test_a_comment_comes_to_all_who_may_read_what_it_is_about(app: App) -> None:
    ann, bob = await app.person("ann"), await app.person("bob")
    sample = (await app.call("Sample.create", {"title": "Roof"}, by="ann", expect=201)).body["id"]
    about = {"type": "Sample", "id": sample}
    to_herself = {"type": "User", "id": ann.id}
    address = app.instance.base_url
    async with listening(address, ann.access_token) as hers, listening(address, bob.access_token) as his:
        await app.call("Comment.create", {"target": to_herself, "body": "mine alone"}, by="ann", expect=201)
        said = (await app.call("Comment.create", {"target": about, "body": "for all"}, by="ann", expect=201)).body
        assert (await hers.event("Comment.created"))["row"]["body"] == "mine alone"
        # The first that comes to him is the second that was said.
        assert (await his.event("Comment.created"))["row"]["body"] == "for all"
        await app.call("Comment.update", {"body": "for everybody"}, row=said["id"], by="ann", expect=200)
        assert (await his.event("Comment.updated"))["row"]["body"] == "for everybody"
