"""Libraries that a request may name, and what is used where one is not there."""

from collections.abc import Sequence

from stackwright.handler.v1.request_response_pb2 import Warning as HandlerWarning

HONOURED = {
    "express": "express",
    "express.js": "express",
    "expressjs": "express",
    "sequelize": "sequelize",
    "joi": "joi",
    "jwt": "jsonwebtoken",
    "jsonwebtoken": "jsonwebtoken",
    "helmet": "helmet",
    "cors": "cors",
    "pg": "pg",
    "node-postgres": "pg",
    "vitest": "vitest",
    "supertest": "supertest",
    "express-rate-limit": "express-rate-limit",
}

# What does the work of a library that is not there.
_INSTEAD = {
    "prisma": "sequelize",
    "typeorm": "sequelize",
    "knex": "sequelize",
    "mongoose": "sequelize",
    "zod": "joi",
    "yup": "joi",
    "passport": "jsonwebtoken",
    "fastify": "express",
    "koa": "express",
    "nestjs": "express",
    "jest": "vitest",
    "mocha": "vitest",
    "winston": "a structured log of its own",
    "pino": "a structured log of its own",
    "argon2": "the scrypt of Node.js",
    "bcrypt": "the scrypt of Node.js",
    "bcryptjs": "the scrypt of Node.js",
}


def warnings_for(libraries: Sequence[str]) -> list[HandlerWarning]:
    """One warning for each library that is not there, with what is used instead."""
    found = []
    for library in libraries:
        key = library.strip().lower()
        if not key or key in HONOURED:
            continue
        instead = _INSTEAD.get(key)
        used = f"{instead} is used instead" if instead else "the application does without it"
        message = f"{library} is not a library of this back end; {used}."
        found.append(HandlerWarning(code="library_unsupported", subject=library, message=message))
    return found
