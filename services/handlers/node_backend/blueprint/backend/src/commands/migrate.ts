import { migrate } from '../shared/database/migrate.ts';
import { command } from './support.ts';

await command(async (database, config) => {
  const applied = await migrate(database, config.databaseFolder);
  return applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`;
});
