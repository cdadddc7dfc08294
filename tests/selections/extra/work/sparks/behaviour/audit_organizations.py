"""The writes of organizations, by somebody who makes one, for the test of the audit log beside this file."""

from audit_ledger import Ledger, part  # type: ignore[import-not-found]  # beside this file

from stackwright_runtime_validator.scenarios.values import Json


async def organizations(ledger: Ledger) -> None:
    app = ledger.app
    person, other = await app.person("each"), await app.person("bob")
    before = part((await app.call("Organization.list", by=person, expect=200)).body, "items.0.id")
    made = part(await ledger.do("Organization.create", {"name": "Boat yard"}, by=person), "id")
    await ledger.do("Organization.update", {"name": "Boat yard North"}, by=person, row=made)
    organizer, admin = [
        part((await app.call("Role.choices", {"search": name}, by=person, expect=200)).body, "items.0.id")
        for name in ("organizer", "admin")
    ]
    given: dict[str, Json] = {"email": other.email, "role": organizer}
    await ledger.do("Organization.add_member", given, by=person, row=made)
    asked: dict[str, Json] = {"organization": made, "user": other.id}
    members = (await app.call("OrganizationMembership.list", asked, by=person, expect=200)).body
    membership = part(members, "items.0.id")
    await ledger.do("OrganizationMembership.update", {"role": admin}, by=person, row=membership)
    await ledger.do("OrganizationMembership.delete", by=person, row=membership)
    # An organization is kept while it has rows: those that it began with go first.
    begun = (await app.call("SlaPolicy.list", by=person, expect=200)).body
    for policy in begun["items"]:
        await ledger.do("SlaPolicy.delete", by=person, row=policy["id"])
    await ledger.do("switch_organization", {"organization": before}, by=person)
    await ledger.do("Organization.delete", by=person, row=made)
