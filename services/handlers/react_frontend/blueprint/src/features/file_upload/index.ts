import { defineFeature } from "../../shared/feature.ts";
import { anyone, signedIn } from "../../shared/session/session.ts";

export const feature = defineFeature({
  name: "file_upload",
  routes: [
    { path: "/files", access: anyone, load: () => import("./FilesPage.tsx") },
    { path: "/stored-files", access: anyone, load: () => import("./stored-file/StoredFileListPage.tsx") },
    {
      path: "/stored-files/:id",
      access: anyone,
      load: () => import("./stored-file/StoredFileDetailPage.tsx"),
    },
    {
      path: "/stored-files/:id/edit",
      access: signedIn,
      load: () => import("./stored-file/StoredFileEditPage.tsx"),
    },
  ],
  menu: [{ section: "account", label: "Files", path: "/files", icon: "files", access: anyone }],
});

export { FilePanel } from "./FilePanel.tsx";
