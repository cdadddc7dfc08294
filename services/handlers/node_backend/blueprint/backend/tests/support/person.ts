import type { Express } from 'express';
import supertest, { type Test } from 'supertest';

export interface Credentials {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Calls the application as one caller, signed in or not. */
export class Person {
  readonly #app: Express;
  readonly #known: Credentials | undefined;

  constructor(app: Express, known?: Credentials) {
    this.#app = app;
    this.#known = known;
  }

  get me(): Credentials {
    if (!this.#known) throw new Error('This is a stranger.');
    return this.#known;
  }

  get(path: string): Test {
    return this.#signed(supertest(this.#app).get(path));
  }

  post(path: string, body?: object): Test {
    return this.#signed(supertest(this.#app).post(path)).send(body);
  }

  patch(path: string, body: object): Test {
    return this.#signed(supertest(this.#app).patch(path)).send(body);
  }

  put(path: string, body: object): Test {
    return this.#signed(supertest(this.#app).put(path)).send(body);
  }

  delete(path: string): Test {
    return this.#signed(supertest(this.#app).delete(path));
  }

  #signed(request: Test): Test {
    return this.#known ? request.set('Authorization', `Bearer ${this.#known.accessToken}`) : request;
  }
}
