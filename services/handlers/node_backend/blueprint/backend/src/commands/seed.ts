import { features } from '../features/index.ts';
import { seed } from '../shared/database/migrate.ts';
import { command } from './support.ts';

await command(async (database, config) => {
  if (config.environment === 'production' && !process.argv.includes('--in-production')) {
    throw new Error('Example rows are for development. Where they are wanted in production: npm run seed -- --in-production');
  }
  const completing = features
    .flatMap(({ capabilities }) => capabilities ?? [])
    .flatMap(({ seeds }) => (seeds ? [seeds(config)] : []));
  await seed(database, config.databaseFolder, (sql) => completing.reduce((text, complete) => complete(text), sql));
  return 'The example rows are in the database, unless people had begun to work in it.';
});
