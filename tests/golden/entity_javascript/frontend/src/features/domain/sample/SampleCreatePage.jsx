import { useCreateSampleMutation } from "./api.js";
import { SampleForm } from "./SampleForm.jsx";

export default function SampleCreatePage() {
  const [createSample] = useCreateSampleMutation();
  return (
    <SampleForm
      title="New sample"
      back={{ to: "/samples", label: "Samples" }}
      create={(input) => createSample(input).unwrap()}
      submitLabel="Create sample"
    />
  );
}
