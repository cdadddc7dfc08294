import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";
import type { Reference } from "../../../src/shared/api/types.ts";
import * as convert from "../../../src/shared/form/convert.ts";
import { FormView } from "../../../src/shared/form/FormView.tsx";
import { CheckboxInput, PasswordInput, SelectInput, TextInput } from "../../../src/shared/form/inputs.tsx";
import { ReferenceInput, ReferencesInput } from "../../../src/shared/form/ReferenceInput.tsx";
import * as rule from "../../../src/shared/form/rules.ts";
import { optionsOf } from "../../../src/shared/options.ts";
import { type Thing, type ThingInput, kindLabels, thingApi } from "./api.ts";

interface Draft {
  name: string;
  kind: string;
  size: string;
  price: string;
  active: boolean;
  owner: Reference | null;
  tags: Reference[];
  note: string;
  at: string;
  data: string;
  link: string;
  secret: string;
}

const rules: rule.Rules<Draft> = {
  name: [rule.required(), rule.length(2, 20)],
  size: [rule.wholeNumber(1, 10)],
  price: [rule.decimalNumber(6, 2)],
  data: [rule.json()],
  link: [rule.webAddress()],
};

function toDraft(row: Thing | undefined): Draft {
  return {
    name: row?.name ?? "",
    kind: row?.kind ?? "",
    size: row?.size?.toString() ?? "",
    price: row?.price ?? "",
    active: row?.active ?? true,
    owner: row?.owner ?? null,
    tags: row?.tags ?? [],
    note: row?.note ?? "",
    at: convert.toLocalInput(row?.at ?? null),
    data: convert.toJsonText(row?.data),
    link: row?.link ?? "",
    secret: "",
  };
}

function toInput(draft: Draft): ThingInput {
  return {
    name: draft.name,
    kind: convert.optionalText(draft.kind),
    size: convert.optionalNumber(draft.size),
    price: convert.optionalText(draft.price),
    active: draft.active,
    owner: convert.idOf(draft.owner),
    tags: convert.idsOf(draft.tags),
    note: convert.optionalText(draft.note),
    at: convert.fromLocalInput(draft.at),
    data: convert.fromJsonText(draft.data),
    link: convert.optionalText(draft.link),
    secret: convert.optionalText(draft.secret),
  };
}

export function ThingFormPage() {
  const { id } = useParams();
  const existing = thingApi.useReadThingQuery(id ?? skipToken);
  const [create] = thingApi.useCreateThingMutation();
  const [update] = thingApi.useUpdateThingMutation();
  return (
    <FormView
      title={id === undefined ? "New thing" : "Edit thing"}
      back={{ to: "/things", label: "Things" }}
      existing={id === undefined ? undefined : existing}
      create={(input: ThingInput) => create(input).unwrap()}
      update={(change) => update(change).unwrap()}
      submitLabel="Save"
      toDraft={toDraft}
      toInput={toInput}
      rules={rules}
      saved={(row) => `“${row.name}” was saved.`}
      next={(row) => (row === undefined ? "/things" : `/things/${row.id}`)}
    >
      {(form) => (
        <>
          <TextInput form={form} name="name" label="Name" required maxLength={20} />
          <SelectInput form={form} name="kind" label="Kind" options={optionsOf(kindLabels)} />
          <TextInput form={form} name="size" label="Size" inputMode="numeric" />
          <TextInput form={form} name="price" label="Price" inputMode="decimal" />
          <CheckboxInput form={form} name="active" label="Active" hint="Seen by others." />
          <ReferenceInput form={form} name="owner" label="Owner" collection="things" />
          <ReferencesInput form={form} name="tags" label="Tags" collection="things" hint="Any number." />
          <TextInput form={form} name="note" label="Note" multiline />
          <TextInput form={form} name="at" label="At" type="datetime-local" />
          <TextInput form={form} name="data" label="Data" multiline />
          <TextInput form={form} name="link" label="Link" type="url" />
          <PasswordInput form={form} name="secret" label="Secret" autoComplete="new-password" />
        </>
      )}
    </FormView>
  );
}
