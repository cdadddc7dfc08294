import type { RequestHandler } from 'express';
import type Joi from 'joi';
import { type RowClass, tableOf } from '../database/row.ts';
import { quoted } from '../database/sql.ts';
import { notFound } from '../errors.ts';
import { consumeToken, type TokenRow } from '../tokens.ts';
import type { RowCondition } from '../query/rows.ts';
import { bodyOf, type Common, inputValues, operation, write } from './operation.ts';
//@organizations import { enterThatOf } from './organization.ts';
import { hold } from './rows.ts';
import type { Unit } from './unit.ts';

/** An action on the row of a one-time token, which the body carries. A token that is unknown, used or too old is answered 404. */
export function tokenOperation<Input extends { token: string }, R extends TokenRow>(
  common: Common & {
    readonly model: RowClass<R>;
    readonly input: Joi.ObjectSchema<Input>;
    /** Last part of the event's name. */
    readonly event: string;
    /** Conditions on the row, called `t`; each that fails is answered 409, and the token is good still. */
    readonly if?: readonly RowCondition[];
    readonly run: (unit: Unit, row: R, input: Input) => Promise<object | void>;
  },
): RequestHandler[] {
  return operation(common, async (invocation) => {
    const input = bodyOf(common, invocation.request);
    return write(common.name, invocation, async (unit) => {
      const row = await consumeToken(unit, common.model, input.token);
      if (!row) throw notFound('This link is not known, was used already, or its time is over.');
      //@organizations await enterThatOf(unit, row);
      await hold(unit, { table: quoted(tableOf(common.model)) }, row, common.if, inputValues(input));
      const before = row.snapshot();
      const answer = await common.run(unit, row, input);
      await unit.conclude(row, common.event, before);
      return { status: 200, body: answer ?? {} };
    });
  });
}
