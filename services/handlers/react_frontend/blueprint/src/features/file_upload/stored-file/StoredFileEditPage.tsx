import { useParams } from "react-router";

import { useReadStoredFileQuery, useUpdateStoredFileMutation } from "./api.ts";
import { StoredFileForm } from "./StoredFileForm.tsx";

export default function StoredFileEditPage() {
  const { id = "" } = useParams();
  const existing = useReadStoredFileQuery(id);
  const [updateStoredFile] = useUpdateStoredFileMutation();
  return (
    <StoredFileForm
      title="Edit stored file"
      back={{ to: `/stored-files/${id}`, label: "Stored file" }}
      existing={existing}
      update={(change) => updateStoredFile(change).unwrap()}
      submitLabel="Save"
    />
  );
}
