import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import type { Reference } from "../../../shared/api/types.ts";
import { idOf, optionalText } from "../../../shared/form/convert.ts";
import { FormView } from "../../../shared/form/FormView.tsx";
import { TextInput } from "../../../shared/form/inputs.tsx";
import { ReferenceInput } from "../../../shared/form/ReferenceInput.tsx";
import { length, required, type Rules } from "../../../shared/form/rules.ts";
import { useCreateSampleMutation, useReadSampleQuery, useUpdateSampleMutation } from "./api.ts";
import type { Sample, SampleInput } from "./types.ts";

/** What the inputs show. */
interface Draft {
  title: string;
  note: string;
  parent: Reference | null;
}

const rules: Rules<Draft> = {
  title: [required(), length(1, 200)],
  note: [length(0, 10_000)],
};

function toDraft(row: Sample | undefined): Draft {
  return {
    title: row?.title ?? "",
    note: row?.note ?? "",
    parent: row?.parent ?? null,
  };
}

function toInput(draft: Draft): SampleInput {
  return {
    title: draft.title,
    note: optionalText(draft.note),
    parent: idOf(draft.parent),
  };
}

export default function SampleFormPage() {
  const { id } = useParams();
  const existing = useReadSampleQuery(id ?? skipToken);
  const [createSample] = useCreateSampleMutation();
  const [updateSample] = useUpdateSampleMutation();

  return (
    <FormView
      title={id === undefined ? "New sample" : "Edit sample"}
      back={
        id === undefined ? { to: "/samples", label: "Samples" } : { to: `/samples/${id}`, label: "Sample" }
      }
      existing={id === undefined ? undefined : existing}
      toDraft={toDraft}
      toInput={toInput}
      rules={rules}
      create={(input) => createSample(input).unwrap()}
      update={(change) => updateSample(change).unwrap()}
      submitLabel={id === undefined ? "Create sample" : "Save"}
      saved={(row) => `“${row.title}” was saved.`}
      next={(row) => (row === undefined ? "/samples" : `/samples/${row.id}`)}
    >
      {(form) => (
        <>
          <TextInput form={form} name="title" label="Title" required maxLength={200} />
          <TextInput form={form} name="note" label="Note" multiline maxLength={10_000} />
          <ReferenceInput form={form} name="parent" label="Parent" collection="samples" />
        </>
      )}
    </FormView>
  );
}
