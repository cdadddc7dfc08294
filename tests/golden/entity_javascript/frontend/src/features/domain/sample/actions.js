import { useDeleteSampleMutation } from "./api.js";

/** What can be done to a sample, in lists and on its page. */
export function useSampleActions() {
  const [deleteSample] = useDeleteSampleMutation();
  return [
    { operation: "update", label: "Edit", icon: "edit", to: (row) => `/samples/${row.id}/edit` },
    {
      operation: "delete",
      label: "Delete",
      icon: "trash",
      destructive: true,
      removes: true,
      confirm: (row) => ({
        title: "Delete this sample?",
        body: `“${row.title}” is deleted for good. This cannot be undone.`,
      }),
      run: (row) => deleteSample({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `“${row.title}” was deleted.`,
    },
  ];
}
