import { readFile } from 'node:fs/promises';
import pg from 'pg';

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query('CREATE SCHEMA IF NOT EXISTS system');
await client.query(`CREATE TABLE IF NOT EXISTS system.schema_migrations
  (version int PRIMARY KEY, name text, checksum text, applied_at timestamptz DEFAULT now())`);
const { rowCount } = await client.query('SELECT FROM system.schema_migrations WHERE version = 1');
if (rowCount === 0) {
  await client.query(await readFile(new URL('../database/migrations/0001_tiny.sql', import.meta.url), 'utf8'));
  await client.query("INSERT INTO system.schema_migrations (version, name, checksum) VALUES (1, '0001_tiny.sql', '-')");
}
await client.end();
