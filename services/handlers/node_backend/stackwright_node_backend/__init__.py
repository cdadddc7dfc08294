"""Handler that writes Node.js back ends: Express, Sequelize, Joi and PostgreSQL, in TypeScript or JavaScript."""

__version__ = "0.1.0"
