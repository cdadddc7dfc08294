import { useCreateSampleMutation } from "./api.ts";
import { SampleForm } from "./SampleForm.tsx";

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
