import pg from 'pg';

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query('UPDATE users SET roles = roles || $2::text WHERE email = $1', process.argv.slice(2));
await client.end();
