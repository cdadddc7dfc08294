import { useParams } from "react-router";

import { useReadSampleQuery, useUpdateSampleMutation } from "./api.js";
import { SampleForm } from "./SampleForm.jsx";

export default function SampleEditPage() {
  const { id = "" } = useParams();
  const existing = useReadSampleQuery(id);
  const [updateSample] = useUpdateSampleMutation();
  return (
    <SampleForm
      title="Edit sample"
      back={{ to: `/samples/${id}`, label: "Sample" }}
      existing={existing}
      update={(change) => updateSample(change).unwrap()}
      submitLabel="Save"
    />
  );
}
