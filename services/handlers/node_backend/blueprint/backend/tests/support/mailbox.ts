import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { workOnce } from '../../src/shared/jobs/jobs.ts';
import { dispatch } from '../../src/shared/jobs/outbox.ts';
import type { Services } from '../../src/shared/services.ts';
import { startTestApp, type TestApp } from './app.ts';

/** What the application writes to people: without a mail server, each mail is a file. */
export class Mailbox {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'mails-'));

  get env(): NodeJS.ProcessEnv {
    return { DATA_DIR: this.#folder };
  }

  /** Does all that waits, so that every mail is written. */
  async settle(services: Services): Promise<void> {
    while ((await dispatch(services)) > 0 || (await workOnce(services)));
  }

  /** The mails to an address, oldest first, as text. */
  mailsTo(address: string): string[] {
    const folder = path.join(this.#folder, 'mails');
    const files = readdirSync(folder, { withFileTypes: true }).map(({ name }) => name);
    const mails = files.toSorted().map((name) => readFileSync(path.join(folder, name), 'utf8').replaceAll('=\r\n', '').replaceAll('=3D', '='));
    return mails.filter((mail) => mail.includes(`To: ${address}`));
  }

  /** The token in the newest mail to an address. */
  tokenFor(address: string): string {
    const token = /#token=([\w-]+)/.exec(this.mailsTo(address).at(-1) ?? '')?.[1];
    if (token === undefined) throw new Error(`No mail to ${address} has a token.`);
    return token;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** An application that writes to people, and where its mails are: for all tests of a suite. */
export function withMailbox(): { readonly box: Mailbox; readonly app: TestApp } {
  const box = new Mailbox();
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(box.env);
  });
  afterAll(async () => {
    await app.close();
    box.close();
  });
  return {
    box,
    get app() {
      return app;
    },
  };
}
