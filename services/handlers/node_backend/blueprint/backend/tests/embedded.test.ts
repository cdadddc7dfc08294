import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../src/shared/database/connection.ts';
import { startEmbedded } from '../src/shared/database/embedded.ts';

describe('the server of development', () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'embedded-'));
  const folder = path.join(parent, 'postgres');

  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  it('starts once, is joined by others, and keeps its data', async () => {
    const modes = () => [parent, tmpdir()].map((place) => statSync(place).mode);
    const before = modes();
    const first = await startEmbedded(folder);
    const second = await startEmbedded(folder);
    expect(second.url).toBe(first.url);
    const database = connect(first.url);
    await database.query('CREATE TABLE kept (id int)');
    await database.close();
    // Who joined must not end it for the one who started it.
    await second.stop();
    const third = await startEmbedded(folder);
    expect(third.url).toBe(first.url);
    await first.stop();
    const again = await startEmbedded(folder);
    const reopened = connect(again.url);
    const [rows] = await reopened.query(`SELECT to_regclass('kept')::text AS kept`);
    expect(rows).toEqual([{ kept: 'kept' }]);
    await reopened.close();
    await again.stop();
    expect(modes()).toEqual(before);
  });
});
