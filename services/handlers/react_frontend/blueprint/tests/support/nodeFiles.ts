import { Blob as NodeBlob, File as NodeFile } from "node:buffer";

import { onTestFinished, vi } from "vitest";

/** For the rest of the test, files and forms are Node's own, which can be sent from Node; those of jsdom cannot. */
export async function takeNodeFiles(): Promise<void> {
  const { constructor } = await new Response(new URLSearchParams()).formData();
  vi.stubGlobal("FormData", constructor);
  vi.stubGlobal("Blob", NodeBlob);
  vi.stubGlobal("File", NodeFile);
  onTestFinished(() => void vi.unstubAllGlobals());
}
