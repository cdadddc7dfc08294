"""Each write of the contract is made once; whatever row changed has an entry in the audit log."""

from dataclasses import replace

import pytest
from audit_business import articles, goods, stock_and_orders, tickets  # type: ignore[import-not-found]  # beside this file
from audit_ledger import Ledger, part  # type: ignore[import-not-found]  # beside this file
from audit_organizations import organizations  # type: ignore[import-not-found]  # beside this file

from stackwright_runtime_validator.plugin import Start
from stackwright_runtime_validator.scenarios.operations import METHODS
from stackwright_runtime_validator.scenarios.persons import Person
from stackwright_runtime_validator.scenarios.values import Json

PASSWORD = "Quiet-harbour-0123456789"


@pytest.mark.shows(2)
async def test_every_write_of_every_feature_leaves_an_entry(start: Start) -> None:
    app = await start()
    ledger = Ledger(app)
    await ledger.look("the beginning")
    await accounts(ledger)
    await administration(ledger)
    await files(ledger)
    await notifications(ledger)
    await chat(ledger)
    await rows(ledger)
    await staff(ledger)
    await leave(ledger)
    await goods(ledger)
    await stock_and_orders(ledger)
    await articles(ledger)
    await tickets(ledger)
    await queues(ledger)
    await organizations(ledger)
    writes = {item.names.call for item in app.contract.operations if METHODS[item.method] != "GET"}
    assert not writes - ledger.made, f"this test does not make {sorted(writes - ledger.made)}"
    assert not ledger.silent, "; ".join(ledger.silent)
    assert ledger.changes > len(writes) / 2


def person_of(body: Json, email: str) -> Person:
    parts = [part(body, path) for path in ("user.id", "tokens.access_token", "tokens.refresh_token")]
    return Person("new", email, "New", PASSWORD, *parts)


async def accounts(ledger: Ledger) -> None:
    email = "new@example.org"
    signed: dict[str, Json] = {"email": email, "password": PASSWORD}
    body = await ledger.do("register", {**signed, "name": "New Person"}, by="stranger")
    new = person_of(body, email)
    await ledger.do("resend_verification", by=new)
    token = part((await ledger.app.mail(email, subject="Confirm")).body, "links.0.query.token")
    await ledger.do("EmailVerification.confirm", {"token": token}, by="stranger")
    again = person_of(await ledger.do("login", signed, by="stranger"), email)
    body = await ledger.do("refresh", {"refresh_token": again.refresh_token}, by="stranger")
    renewed = replace(again, access_token=part(body, "tokens.access_token"))
    await ledger.do("Session.end_others", by=renewed)
    other = person_of(await ledger.do("login", signed, by="stranger"), email)
    sessions = (await ledger.app.call("Session.list", by=other, expect=200)).body
    await ledger.do("Session.end", by=other, row=part(sessions, "items.1.id"))
    await ledger.do("logout", by=other)
    await ledger.do("forgot_password", {"email": email}, by="stranger")
    token = part((await ledger.app.mail(email, subject="Choose a new password")).body, "links.0.query.token")
    await ledger.do("PasswordReset.confirm", {"token": token, "password": f"{PASSWORD}-2"}, by="stranger")
    await ledger.do("login", {"email": email, "password": "not this one at all"}, by="stranger", expect=[401])
    failed = (await ledger.app.call("FailedLogin.list", by="admin", expect=200)).body
    await ledger.do("FailedLogin.unlock", by="admin", row=part(failed, "items.0.id"))


async def administration(ledger: Ledger) -> None:
    role = part(await ledger.do("Role.create", {"name": "keepers"}, by="admin"), "id")
    await ledger.do("Role.update", {"description": "who keep"}, by="admin", row=role)
    user: dict[str, Json] = {"email": "made@example.org", "name": "Made", "password": PASSWORD, "roles": [role]}
    made = part(await ledger.do("User.create", user, by="admin"), "id")
    await ledger.do("User.update", {"name": "Made Again"}, by="admin", row=made)
    await ledger.do("User.deactivate", by="admin", row=made)
    await ledger.do("User.reactivate", by="admin", row=made)
    await ledger.do("User.delete", by="admin", row=made)
    await ledger.do("User.restore", by="admin", row=made)
    await ledger.do("User.update", {"roles": []}, by="admin", row=made)
    await ledger.do("Role.delete", by="admin", row=role)


async def files(ledger: Ledger) -> None:
    begun = part(await ledger.do("start_upload", {"name": "a.txt", "size": 3}), "file.id")
    await ledger.do("StoredFile.append", {"offset": 0}, row=begun, file="abc.txt")
    whole = part(await ledger.do("upload", {}, file="small.png"), "file.id")
    await ledger.do("StoredFile.update", {"pinned": True}, row=whole)
    await ledger.do("StoredFile.delete", row=whole)


async def notifications(ledger: Ledger) -> None:
    await ledger.do("send_test_notification")
    await ledger.do("send_test_notification")
    listed = (await ledger.app.call("Notification.list", by="ann", expect=200)).body
    await ledger.do("Notification.mark_read", row=part(listed, "items.0.id"))
    await ledger.do("Notification.mark_all_read")
    await ledger.do("Notification.delete", row=part(listed, "items.0.id"))
    await ledger.do("NotificationPreference.put", {"email": True}, row="test_notification")
    await ledger.do("NotificationPreference.delete", row="test_notification")


async def chat(ledger: Ledger) -> None:
    bob = (await ledger.app.person("bob")).id
    room = part(await ledger.do("Room.create", {"name": "Kitchen"}), "id")
    await ledger.do("Room.update", {"name": "Large kitchen"}, row=room)
    seat = part(await ledger.do("Membership.create", {"room": room, "user": bob}), "id")
    await ledger.do("Membership.update", {"room": room, "role": "owner"}, row=seat)
    said = part(await ledger.do("Message.create", {"room": room, "body": "Good morning"}), "id")
    await ledger.do("Message.update", {"room": room, "body": "Good evening"}, row=said)
    await ledger.do("Room.typing", row=room)
    await ledger.do("Room.mark_read", {"up_to": 1}, by="bob", row=room)
    await ledger.do("Message.delete", {"room": room}, row=said)
    await ledger.do("Membership.delete", {"room": room}, row=seat)
    await ledger.do("Room.direct", {"user": bob})
    await ledger.do("Room.delete", row=room)


async def staff(ledger: Ledger) -> None:
    department = part(await ledger.do("Department.create", {"name": "Sales"}, by="hr"), "id")
    await ledger.do("Department.update", {"name": "Sales and service"}, by="hr", row=department)
    person: dict[str, Json] = {"name": "Maria Boss", "email": "maria@example.org"}
    employee = part(await ledger.do("Employee.create", person, by="hr"), "id")
    await ledger.do("Employee.update", {"job_title": "Head of sales"}, by="hr", row=employee)
    about: Json = {"type": "Employee", "id": employee}
    comment = part(await ledger.do("Comment.create", {"target": about, "body": "Welcome"}), "id")
    await ledger.do("Comment.update", {"body": "Welcome here"}, row=comment)
    await ledger.do("Comment.delete", row=comment)
    await ledger.do("Employee.delete", by="hr", row=employee)
    await ledger.do("Department.delete", by="hr", row=department)


async def leave(ledger: Ledger) -> None:
    bob = (await ledger.app.person("bob")).id
    person: dict[str, Json] = {"name": "Otto Clerk", "email": "otto@example.org", "user": bob}
    employee = part(await ledger.do("Employee.create", person, by="hr"), "id")
    holiday = part(await ledger.do("Holiday.create", {"on_date": "2031-05-01", "name": "Labour"}, by="hr"), "id")
    await ledger.do("Holiday.update", {"name": "Labour Day"}, by="hr", row=holiday)
    await ledger.do("Holiday.delete", by="hr", row=holiday)
    kind = part(await ledger.do("LeaveKind.create", {"name": "Vacation"}, by="hr"), "id")
    await ledger.do("LeaveKind.update", {"name": "Holidays"}, by="hr", row=kind)
    share: dict[str, Json] = {"employee": employee, "kind": kind, "year": 2031, "allotted": "10"}
    balance = part(await ledger.do("LeaveBalance.create", share, by="hr"), "id")
    await ledger.do("LeaveBalance.update", {"allotted": "12"}, by="hr", row=balance)
    asked = []
    for day in ("2031-03-03", "2031-03-04"):
        request: dict[str, Json] = {"kind": kind, "starts_on": day, "ends_on": day}
        asked.append(part(await ledger.do("LeaveRequest.create", request, by="bob"), "id"))
    await ledger.do("LeaveRequest.update", {"note": "Fishing"}, by="bob", row=asked[0])
    await ledger.do("LeaveRequest.approve", by="hr", row=asked[0])
    await ledger.do("LeaveRequest.withdraw", by="bob", row=asked[0])
    await ledger.do("LeaveRequest.reject", {"reason": "Too late"}, by="hr", row=asked[1])
    spare = part(await ledger.do("LeaveKind.create", {"name": "Education"}, by="hr"), "id")
    unused = part(await ledger.do("LeaveBalance.create", {**share, "kind": spare}, by="hr"), "id")
    await ledger.do("LeaveBalance.delete", by="hr", row=unused)
    await ledger.do("LeaveKind.delete", by="hr", row=spare)


async def rows(ledger: Ledger) -> None:
    for model in ("Sample", "Spark"):
        made = part(await ledger.do(f"{model}.create", {"title": "One"}), "id")
        await ledger.do(f"{model}.update", {"title": "Another"}, row=made)
        if model == "Spark":
            await ledger.do("Spark.light", by="bob", row=made)
        await ledger.do(f"{model}.delete", row=made)


async def queues(ledger: Ledger) -> None:
    await ledger.do("send_test_mail", by="admin")
    for model, calls in (("Job", ("Job.retry", "Job.cancel")), ("EmailMessage", ("EmailMessage.retry",))):
        listed = (await ledger.app.call(f"{model}.list", by="admin", expect=200)).body
        for call in calls:
            # Whether there is anything to try again or to cancel depends on the moment; neither is a write of rows.
            await ledger.do(call, by="admin", row=part(listed, "items.0.id"), expect=[200, 409])
