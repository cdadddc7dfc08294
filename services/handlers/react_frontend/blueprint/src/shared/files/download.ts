import { client } from "../api/client.ts";

/** Fetches a file with the caller's token, which a plain link could not carry, and has the browser save it. */
export async function download({ id, name }: { id: string; name: string }): Promise<void> {
  const { data } = await client.get<Blob>(`/stored-files/${id}/download`, {
    responseType: "blob",
    timeout: 0,
  });
  const address = URL.createObjectURL(data);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
