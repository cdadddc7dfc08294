"""Plain English for example rows."""

FIRST_NAMES = [
    "Amelia",
    "Ben",
    "Clara",
    "Daniel",
    "Elif",
    "Farid",
    "Grace",
    "Henrik",
    "Ines",
    "Jonas",
    "Kavya",
    "Leo",
    "Maria",
    "Noah",
    "Olga",
    "Pedro",
    "Quinn",
    "Rosa",
    "Samir",
    "Tessa",
    "Umut",
    "Vera",
    "William",
    "Ximena",
    "Yusuf",
]
LAST_NAMES = [
    "Archer",
    "Brandt",
    "Costa",
    "Dubois",
    "Eriksson",
    "Ferrari",
    "Green",
    "Hoffmann",
    "Ivanova",
    "Jansen",
    "Kowalski",
    "Lindqvist",
    "Moreau",
    "Novak",
    "Okafor",
    "Petrov",
    "Quist",
    "Rossi",
    "Schneider",
    "Tanaka",
    "Underwood",
    "Vargas",
    "Whitmore",
    "Yilmaz",
    "Zimmermann",
]

# Names of things that have few of their kind, by the last word of what they are called.
NAMED: dict[str, tuple[str, ...]] = {
    "category": ("Furniture", "Lighting", "Textiles", "Kitchen", "Garden", "Storage", "Office", "Outdoor"),
    "department": ("Finance", "Sales", "Support", "Engineering", "Marketing", "Purchasing", "Logistics", "People"),
    "employee": (),
    "holiday": ("Spring holiday", "Founders' day", "Midsummer", "Harvest day", "Reunion day", "Winter holiday"),
    "kind": ("Vacation", "Sick leave", "Parental leave", "Training"),
    "location": ("Main warehouse", "North store", "Harbour depot", "Returns"),
    "resource": ("Meeting room 1", "Meeting room 2", "Studio", "Workshop", "Treatment room"),
    "room": ("Welcome", "Office move", "Lunch", "Product news", "Support desk", "Book club"),
    "service": ("First consultation", "Follow-up", "Repair", "Guided tour", "Fitting", "Training session"),
    "tag": ("urgent", "idea", "customer", "follow-up", "spring", "wholesale", "internal", "press", "archive", "new"),
    "team": ("North", "South", "Design", "Platform", "Field service", "Research"),
}  # fmt: skip
THINGS = (
    "Oak desk", "Reading lamp", "Linen curtain", "Cast iron pan", "Garden bench", "Filing cabinet", "Wool blanket",
    "Standing desk", "Pendant light", "Cutting board", "Herb planter", "Bookshelf", "Desk chair", "Floor lamp",
    "Picnic rug", "Coat rack", "Side table", "Wall clock", "Storage box", "Tea kettle", "Watering can", "Door mat",
    "Dining chair", "Cushion cover", "Serving bowl",
)  # fmt: skip
TITLES = (
    "Plan the office move", "Website relaunch", "Autumn catalogue", "Review of suppliers", "New price list",
    "Customer survey", "Interview with the founders", "Safety training", "Budget for next year", "Open house in May",
    "Packaging without plastic", "Opening hours over the holidays", "Refund for a damaged parcel",
    "Printer on the second floor",
    "Welcome to new colleagues", "Notes from the trade fair", "Guide to returns", "Warehouse stocktaking",
    "Change of delivery address", "Invoice is missing a line", "Cannot sign in on the tablet", "Photos for the press",
    "Minutes of the quarterly meeting", "Ideas for the anniversary", "Checklist before shipping",
)  # fmt: skip
SENTENCES = (
    "The new samples arrived this morning and look good.",
    "Could somebody take a look at this before Thursday?",
    "We agreed to keep the old version until the end of the month.",
    "Thank you, that is exactly what I was looking for.",
    "The customer called and is happy with the result.",
    "I have added the figures that were missing.",
    "Let us talk about it when everybody is back.",
    "Please check the address once more before it is sent.",
    "It took two days longer than planned, but everything is there now.",
    "There are a few open questions about the colour.",
    "The supplier promised an answer by tomorrow.",
    "I moved the appointment to the afternoon.",
)
STREETS = ("Harbour Street", "Mill Lane", "Station Road", "Church Street", "Garden Row", "Market Square")
CITIES = ("Bristol", "Leipzig", "Lyon", "Porto", "Turin", "Uppsala", "Gdansk", "Utrecht")
COUNTRIES = ("United Kingdom", "Germany", "France", "Portugal", "Italy", "Sweden", "Poland", "Netherlands")
COMPANIES = ("Northwind Traders", "Blue Heron", "Lakeside Bakery", "Fabrikam", "Tailspin Toys", "Alder & Sons")
COLORS = ("#1e6fd9", "#2e7d32", "#c62828", "#6a1b9a", "#ef6c00", "#00838f", "#455a64", "#ad1457")
