"""The writes of products, stock, orders, articles and tickets, for the test of the audit log beside this file."""

from audit_ledger import Ledger, part  # type: ignore[import-not-found]  # beside this file

from stackwright_runtime_validator.scenarios.values import Json


async def goods(ledger: Ledger) -> None:
    top = part(await ledger.do("ProductCategory.create", {"name": "Kitchen"}, by="admin"), "id")
    other = part(await ledger.do("ProductCategory.create", {"name": "Garden"}, by="admin"), "id")
    await ledger.do("ProductCategory.move", {"before": top}, by="admin", row=other)
    await ledger.do("ProductCategory.update", {"name": "Yard"}, by="admin", row=other)
    await ledger.do("ProductCategory.delete", by="admin", row=other)
    spare = part(await ledger.do("Product.create", {"name": "Plate", "category": top}, by="admin"), "id")
    await ledger.do("Product.update", {"description": "Round"}, by="admin", row=spare)
    pictures = []
    for side in ("front", "back"):
        picture: dict[str, Json] = {"product": spare, "image": f"https://pictures.example/{side}.jpg", "alt": side}
        pictures.append(part(await ledger.do("ProductImage.create", picture, by="admin"), "id"))
    whole: dict[str, Json] = {"product": spare}
    await ledger.do("ProductImage.move", {**whole, "before": pictures[0]}, by="admin", row=pictures[1])
    await ledger.do("ProductImage.update", {**whole, "alt": "Front"}, by="admin", row=pictures[0])
    await ledger.do("ProductImage.delete", whole, by="admin", row=pictures[0])
    sold = await variant(ledger, spare, "PLATE")
    await ledger.do("ProductVariant.update", {**whole, "price": "2.50"}, by="admin", row=sold)
    await ledger.do("Product.activate", by="admin", row=spare)
    await ledger.do("Product.retire", by="admin", row=spare)
    await ledger.do("ProductVariant.delete", whole, by="admin", row=sold)
    await ledger.do("Product.delete", by="admin", row=spare)


async def variant(ledger: Ledger, product: str, sku: str) -> str:
    values: dict[str, Json] = {"product": product, "sku": sku, "price": "2.00"}
    made: str = part(await ledger.do("ProductVariant.create", values, by="admin"), "id")
    return made


async def stock_and_orders(ledger: Ledger) -> None:
    product = part(await ledger.do("Product.create", {"name": "Cup"}, by="admin"), "id")
    cup = await variant(ledger, product, "CUP")
    await ledger.do("Product.activate", by="admin", row=product)
    made = [await ledger.do("StockLocation.create", {"name": code, "code": code}, by="admin") for code in "ABC"]
    places = [part(place, "id") for place in made]
    await ledger.do("StockLocation.update", {"name": "The shed"}, by="admin", row=places[2])
    unused = part(await ledger.do("StockLevel.create", {"location": places[2], "variant": cup}, by="admin"), "id")
    await ledger.do("StockLevel.delete", by="admin", row=unused)
    await ledger.do("StockLocation.delete", by="admin", row=places[2])
    level = part(await ledger.do("StockLevel.create", {"location": places[0], "variant": cup}, by="admin"), "id")
    await ledger.do("StockLevel.update", {"reorder_at": 2}, by="admin", row=level)
    receipt: dict[str, Json] = {"level": level, "quantity": 20, "reason": "receipt"}
    await ledger.do("StockMovement.create", receipt, by="warehouse")
    await ledger.do("StockLevel.transfer", {"to": places[1], "quantity": 5}, by="warehouse", row=level)
    orders = []
    for number in range(2):
        wanted: dict[str, Json] = {
            "currency": "EUR",
            "ship_to": "1 Long Road",
            "items": [{"variant": cup, "quantity": 1 + number}],
        }
        placed = await ledger.do("Order.create", wanted, headers={"Idempotency-Key": f"audited-order-{number}"})
        orders.append(part(placed, "id"))
    for act in ("pay", "ship", "deliver"):
        await ledger.do(f"Order.{act}", by="clerk", row=orders[0])
    await ledger.do("Order.cancel", {"reason": "Too late"}, row=orders[1])


async def articles(ledger: Ledger) -> None:
    kept = part(await ledger.do("Article.create", {"title": "On Bees", "body": "They hum."}, by="author"), "id")
    await ledger.do("Article.update", {"summary": "They fly"}, by="author", row=kept)
    await ledger.do("Article.submit", by="author", row=kept)
    await ledger.do("Article.return", {"reason": "Too short"}, by="editor", row=kept)
    for act in ("publish", "archive", "revive"):
        await ledger.do(f"Article.{act}", by="editor", row=kept)
    await ledger.do("Article.delete", by="author", row=kept)


async def tickets(ledger: Ledger) -> None:
    agent = (await ledger.app.person("agent")).id
    asked = part(await ledger.do("Ticket.create", {"subject": "Printer burns", "body": "Smoke"}), "id")
    await ledger.do("Ticket.update", {"subject": "Printer burnt"}, by="agent", row=asked)
    await ledger.do("Ticket.accept", by="agent", row=asked)
    await ledger.do("Ticket.assign", {"to": agent}, by="agent", row=asked)
    await ledger.do("Ticket.prioritise", {"priority": "high"}, by="agent", row=asked)
    await ledger.do("TicketReply.create", {"ticket": asked, "body": "Is it hot?"}, by="agent")
    await ledger.do("Ticket.wait", by="agent", row=asked)
    await ledger.do("Ticket.reopen", row=asked)
    await ledger.do("Ticket.resolve", by="agent", row=asked)
    await ledger.do("Ticket.close", row=asked)
    policies = (await ledger.app.call("SlaPolicy.list", {"priority": "low"}, by="admin", expect=200)).body
    low = part(policies, "items.0.id")
    await ledger.do("SlaPolicy.update", {"respond_minutes": 60}, by="admin", row=low)
    await ledger.do("SlaPolicy.delete", by="admin", row=low)
    again: dict[str, Json] = {"priority": "low", "respond_minutes": 60, "resolve_minutes": 600}
    await ledger.do("SlaPolicy.create", again, by="admin")
